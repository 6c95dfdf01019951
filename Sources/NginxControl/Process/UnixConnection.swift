import Foundation

/// A connection over a Unix socket, closed when it goes out of scope.
struct UnixConnection: ~Copyable {
    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 2_048)
    /// Whether the other side has broken it off.
    private(set) var hasFailed = false

    /// Returns `nil` where nobody listens.
    init?(to path: String) {
        guard let descriptor = UnixSocket.make() else { return nil }
        // One that hangs takes no more connections than its queue has room for, and whoever comes then would wait with it.
        var patience = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard UnixSocket.connect(descriptor, to: path) else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Returns whether all of it has gone.
    func send(_ bytes: [UInt8]) -> Bool {
        Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// Appends what comes next; returns how much that is, 0 at the end of the connection, and `nil` where nothing
    /// comes in time, or ever.
    mutating func receive(_ bytes: inout [UInt8], until deadline: ContinuousClock.Instant) -> Int? {
        let rest = Int32(max(0, (deadline - ContinuousClock.now) / .milliseconds(1)))
        var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&state, 1, rest) > 0 else { return nil }
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else {
            hasFailed = true
            return nil
        }
        bytes += buffer[..<count]
        return count
    }
}
