import FlyingSocks
import Foundation

/// A TCP connection over which a test says every byte itself.
package struct RawConnection: Sendable {
    private let socket: AsyncSocket

    /// Connects to an IPv4 address while `body` runs.
    package static func use<Result>(
        to address: String,
        port: UInt16,
        body: (RawConnection) async throws -> Result
    ) async throws -> Result {
        let socket = try await AsyncSocket(socket: Socket(domain: AF_INET), pool: ConnectionPool.pool)
        let connection = RawConnection(socket: socket)
        // Also where nobody listens, of which others ask again and again.
        defer { connection.end() }
        try await socket.connect(to: .inet(ip4: address, port: port))
        return try await body(connection)
    }

    /// Ends it on the wire as well where a program that another test has started meanwhile holds it too.
    private func end() {
        shutdown(socket.socket.file.rawValue, Int32(SHUT_RDWR))
        try? socket.close()
    }

    package func write(_ bytes: [UInt8]) async throws {
        try await socket.write(Data(bytes))
    }

    /// Reads exactly so many bytes; throws if the other side ends before.
    package func read(_ count: Int) async throws -> [UInt8] {
        try await socket.read(bytes: count)
    }

    /// Reads until the other side ends the connection, or breaks it off.
    package func readToEnd() async throws -> String {
        var bytes: [UInt8] = []
        var failures = 0
        // The end may be told before what came with it is read.
        while failures < 2 {
            do {
                bytes += try await socket.read(atMost: 4_096)
                failures = 0
            } catch is SocketError {
                failures += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads up to and over the empty line behind the headers.
    package func readHead() async throws -> String {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) { head.append(try await socket.read()) }
        return String(decoding: head, as: UTF8.self)
    }
}

/// What waits for all connections.
private enum ConnectionPool {
    static var pool: any AsyncSocketPool {
        get async throws { try await running.value }
    }

    private static let running = Task<any AsyncSocketPool, any Error> {
        let pool: any AsyncSocketPool = SocketPool.make()
        try await pool.prepare()
        Task { try await pool.run() }
        return pool
    }
}
