import Foundation
import Subprocess
import SystemPackage

/// What the system must have left for a further program.
enum Launching {
    /// More than are open at once while a shadow and its guard are started, and asked.
    private static let descriptors = 16

    /// Throws where too few files can be opened.
    ///
    /// A program that takes the last of them is not started, and this one ends: what starts it fails halfway, and traps
    /// because of the files that it has not closed.
    static func checkDescriptors() throws(ProofFailure) {
        var open: [Int32] = []
        defer { for descriptor in open { close(descriptor) } }
        for _ in 0..<descriptors {
            let descriptor = Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                let reason = String(cString: strerror(errno))
                throw ProofFailure(
                    "no further program can be started: \(reason); raise the limit of open files (ulimit -n, LimitNOFILE)"
                )
            }
            open.append(descriptor)
        }
    }

    /// The reason of a failure, with what to do where a limit of the system is met.
    static func words(for error: any Error) -> String {
        let limit = Errno.resourceTemporarilyUnavailable
        guard let error = error as? SubprocessError, error.underlyingError == limit else { return "\(error)" }
        return "no further program can be started: \(limit); raise the limit of processes (ulimit -u, TasksMax, or a "
            + "container's of PIDs)"
    }
}
