import CLinuxShim
import Foundation

extension ProcessEntry {
    /// Sends a signal to the process, and to no other that may have got its number meanwhile.
    ///
    /// Returns `false` where the process is gone, or belongs to somebody else.
    @discardableResult
    func send(_ signal: Int32) -> Bool {
        let descriptor = postern_pidfd_open(processIdentifier)
        // Systems before Linux 5.3, and some sandboxes, have no process descriptors.
        guard descriptor >= 0 else {
            return errno != ESRCH && isAlive && kill(processIdentifier, signal) == 0
        }
        defer { close(descriptor) }
        // The descriptor holds the process that had the number just now: if it is ours, it stays ours.
        return isAlive && postern_pidfd_send_signal(descriptor, signal) == 0
    }
}
