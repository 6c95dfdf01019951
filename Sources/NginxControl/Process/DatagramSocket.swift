import Foundation

/// A Unix socket for datagrams, closed when nobody has it any more.
final class DatagramSocket {
    private let descriptor: Int32

    private init?() {
        guard let descriptor = UnixSocket.make(SOCK_DGRAM) else { return nil }
        self.descriptor = descriptor
    }

    /// Takes what comes to a path, which nobody else has; returns `nil` where it cannot be had.
    convenience init?(at path: String) {
        self.init()
        // The workers of an nginx that root starts send as somebody else.
        guard UnixSocket.bind(descriptor, to: path), chmod(path, 0o666) == 0 else { return nil }
    }

    /// Sends to a path; returns `nil` where nobody takes anything there.
    convenience init?(to path: String) {
        self.init()
        guard UnixSocket.connect(descriptor, to: path) else { return nil }
    }

    deinit { close(descriptor) }

    /// Returns whether it has gone.
    func send(_ bytes: [UInt8]) -> Bool {
        Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// The first socket of some to which a datagram comes, and the datagram, cut where it is long; `nil` where none comes
    /// in time.
    static func first(
        of sockets: [DatagramSocket],
        until deadline: ContinuousClock.Instant
    ) -> (index: Int, bytes: [UInt8])? {
        let rest = Int32(max(0, (deadline - ContinuousClock.now) / .milliseconds(1)))
        var states = sockets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        guard poll(&states, nfds_t(states.count), rest) > 0,
            let index = states.firstIndex(where: { $0.revents & Int16(POLLIN) != 0 })
        else { return nil }
        var buffer = [UInt8](repeating: 0, count: 2_048)
        let count = recv(sockets[index].descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return count >= 0 ? (index, Array(buffer[..<count])) : nil
    }
}
