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

    /// Has all threads take memory from one place and give it back there, for a process that stays.
    ///
    /// By default each thread keeps what it has freed to itself, though what the next one needs is as much: a process that
    /// turns to another thread at each step holds it several times, and gets new pages from the system for what others
    /// have kept. See `M_ARENA_MAX` in mallopt(3).
    package static func shareFreeMemory() { postern_share_free_memory() }

    /// Gives memory that is free back to the system, which takes some milliseconds where there is much of it.
    static func returnMemory() { postern_return_memory() }
}
