import FlyingSocks
import Foundation

/// A proxy on loopback that makes tunnels by CONNECT, as networks have them that let nobody out directly.
package actor ConnectProxy {
    package nonisolated let port: UInt16
    /// The heads of all requests for a tunnel.
    package private(set) var heads: [String] = []
    private let pool: any AsyncSocketPool
    private let password: String?

    private init(_ listener: LoopbackListener, password: String?) {
        port = listener.port
        pool = listener.pool
        self.password = password
    }

    /// Serves while `body` runs.
    ///
    /// - Parameter password: Of the user `postern`, without which there is no tunnel; `nil` lets everybody have one.
    package static func use(
        password: String? = nil,
        _ body: @Sendable @escaping (ConnectProxy) async throws -> Void
    ) async throws {
        try await LoopbackListener.use { listener in
            let proxy = ConnectProxy(listener, password: password)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await listener.serve { try? await proxy.serve($0) } }
                defer { group.cancelAll() }
                try await body(proxy)
            }
        }
    }

    private nonisolated func serve(_ client: AsyncSocket) async throws {
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) { bytes.append(try await client.read()) }
        let head = String(decoding: bytes, as: UTF8.self)
        let target = head.firstMatch(of: #/^CONNECT 127\.0\.0\.1:([0-9]+) /#)
        guard await allows(head), let port = target.flatMap({ UInt16($0.1) }) else {
            return try await client.write(Data("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n".utf8))
        }
        let server = try await AsyncSocket.connected(to: .inet(ip4: "127.0.0.1", port: port), pool: pool, timeout: 120)
        try await client.write(Data("HTTP/1.1 200 Connection established\r\n\r\n".utf8))
        await withDiscardingTaskGroup { group in
            group.addTask { await Self.pass(from: client, to: server) }
            group.addTask { await Self.pass(from: server, to: client) }
        }
        try? server.close()
    }

    private func allows(_ head: String) -> Bool {
        heads.append(head)
        guard let password else { return true }
        let credentials = Data("postern:\(password)".utf8).base64EncodedString()
        return head.contains("Proxy-Authorization: Basic \(credentials)\r\n")
    }

    private static func pass(from source: AsyncSocket, to destination: AsyncSocket) async {
        while let bytes = try? await source.read(atMost: 16_384), !bytes.isEmpty {
            guard (try? await destination.write(Data(bytes))) != nil else { break }
        }
        // The other direction ends with it.
        for socket in [source, destination] { shutdown(socket.socket.file.rawValue, Int32(SHUT_RDWR)) }
    }
}
