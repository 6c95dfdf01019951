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
    func comes(within time: Duration) -> Bool {
        let milliseconds = Int32((time / .milliseconds(1)).rounded(.up))
        guard let descriptor else {
            poll(nil, 0, milliseconds)
            return !entry.isAlive
        }
        var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&state, 1, milliseconds) > 0
    }
}
