import Foundation

/// The numbers of a process's children as the system lists them (`proc_pid_task(5)`).
///
/// A caller that looks again and again keeps it: to open the file costs several times what it costs to read it.
struct ChildrenList: ~Copyable {
    private let descriptor: Int32

    /// Returns `nil` for a process that is gone, and on kernels that list none.
    init?(of process: Int32) {
        descriptor = open("/proc/\(process)/task/\(process)/children", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The list as it is now; `nil` when the process is gone.
    func text() -> [UInt8]? { [UInt8](contentsOf: descriptor) }

    /// The numbers that a list names.
    static func numbers(in text: [UInt8]) -> [Int32] {
        String(decoding: text, as: UTF8.self).split(separator: " ").compactMap { Int32($0) }
    }
}
