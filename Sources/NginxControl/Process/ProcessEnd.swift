import CLinuxShim
import Foundation

/// The end of a process, which may be waited for on a thread of one's own.
struct ProcessEnd: ~Copyable {
    private let entry: ProcessEntry
    /// `nil` where the process is gone, and on systems that have no process descriptors.
    private let descriptor: Int32?

    init(of entry: ProcessEntry) {
        self.entry = entry
        let descriptor = postern_pidfd_open(entry.processIdentifier)
        self.descriptor = descriptor >= 0 ? descriptor : nil
    }

    deinit {
        if let descriptor { close(descriptor) }
    }

    /// Waits for the end, but not for longer than the given time; returns whether it has come.
    ///
    /// It blocks: a timer of the runtime would cost several times what is done between two looks.
    ///
    /// - Parameter other: A descriptor; the wait also ends when it can be read.
    func comes(within time: Duration, orReadable other: Int32? = nil) -> Bool {
        let milliseconds = Int32((time / .milliseconds(1)).rounded(.up))
        // A negative descriptor is passed over.
        var end = pollfd(fd: descriptor ?? -1, events: Int16(POLLIN), revents: 0)
        if let other {
            var both = [end, pollfd(fd: other, events: Int16(POLLIN), revents: 0)]
            poll(&both, nfds_t(both.count), milliseconds)
            end = both[0]
        } else {
            poll(&end, 1, milliseconds)
        }
        return descriptor == nil ? !entry.isAlive : end.revents != 0
    }
}
