import Foundation

/// A file that says something of a process (`proc(5)`), kept open by who reads it again and again: to open one costs several
/// times what it costs to read it.
///
/// It is of the process that it was opened for, whoever has its number later.
final class ProcessFile: Sendable {
    private let descriptor: Int32

    /// Returns `nil` for a process that is gone, and on kernels that have no such file.
    init?(_ name: String, of process: Int32) {
        descriptor = open("/proc/\(process)/\(name)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    // It is called where `init` returns `nil` as well, as soon as there is a descriptor.
    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// What it says now; `nil` when the process is gone.
    func content() -> [UInt8]? { [UInt8](contentsOf: descriptor) }
}

extension ProcessFile {
    /// The numbers of a process's children (`proc_pid_task(5)`).
    static func children(of process: Int32) -> ProcessFile? { ProcessFile("task/\(process)/children", of: process) }

    /// The command line, which nginx replaces by what the process is (`proc_pid_cmdline(5)`); empty once it has ended.
    static func title(of process: Int32) -> ProcessFile? { ProcessFile("cmdline", of: process) }
}
