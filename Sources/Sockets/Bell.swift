import CLinuxShim
import Glibc

/// Wakes a thread that waits for sockets; see [eventfd(2)](https://man7.org/linux/man-pages/man2/eventfd.2.html).
package final class Bell: Sendable {
    package let descriptor: Int32

    package init() throws(SocketError) {
        descriptor = postern_eventfd()
        guard descriptor >= 0 else { throw .last }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    package func ring() {
        var more: UInt64 = 1
        _ = unsafe write(descriptor, &more, MemoryLayout<UInt64>.size)
    }

    /// Makes it silent until it rings again.
    package func silence() {
        var count: UInt64 = 0
        _ = unsafe read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
