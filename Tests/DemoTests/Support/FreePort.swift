import FlyingSocks
import Foundation
import Synchronization

/// Ports of 127.0.0.1 where nobody listens.
enum FreePort {
    /// Options for a demo that comes in the way of no other test.
    static func options() -> [String] { ["--http-port", "\(next())", "--https-port", "\(next())"] }

    /// A free port that is given to nobody else here.
    ///
    /// It is below those that the system gives to whoever asks for any port, and processes begin at different ones.
    private static func next() -> UInt16 {
        counter.withLock { counter in
            repeat { counter = counter < 29_999 ? counter + 1 : 10_000 } while !isFree(counter)
            return counter
        }
    }

    private static let counter = Mutex(UInt16(10_000 + getpid() % 100 * 200))

    static func isFree(_ port: UInt16) -> Bool {
        guard let socket = try? socket(on: port) else { return false }
        try? socket.close()
        return true
    }

    /// Runs `body` while somebody listens on the port that it is given.
    static func whileTaken(_ body: (UInt16) async throws -> Void) async throws {
        let socket = try socket(on: 0)
        defer { try? socket.close() }
        try await body(port(of: socket))
    }

    private static func socket(on port: UInt16) throws -> Socket {
        let socket = try Socket(domain: AF_INET, type: .stream)
        do {
            try socket.setValue(true, for: .localAddressReuse)
            try socket.bind(to: .inet(ip4: "127.0.0.1", port: port))
            try socket.listen()
        } catch {
            try? socket.close()
            throw error
        }
        return socket
    }

    private static func port(of socket: Socket) throws -> UInt16 {
        guard case .ip4(_, let port) = try socket.sockname() else { throw SocketError.unsupportedAddress }
        return port
    }
}
