import CLinuxShim

/// This process, as others see it.
package enum OwnProcess {
    /// Keeps other processes of the same user from looking into this one.
    ///
    /// They no longer see its memory, its environment, its open files, nor the files of its container below
    /// `/proc/PID/root`, and the kernel writes no core of it. Root sees all the same. A kernel that refuses changes
    /// nothing.
    package static func refuseInspection() {
        _ = postern_refuse_inspection()
    }

    /// Gives memory that is free back to the system, which takes some milliseconds where there is much of it.
    static func returnMemory() { postern_return_memory() }
}
