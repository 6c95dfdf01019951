import FlyingSocks

extension EchoBackend {
    /// An IP address and a port.
    package struct Address: Sendable, Hashable, CustomStringConvertible {
        package let host: String
        package let port: UInt16

        init(_ address: Socket.Address) throws {
            switch address {
            case .ip4(let host, let port), .ip6(let host, let port):
                self.host = host
                self.port = port
            case .unix:
                throw SocketError.unsupportedAddress
            }
        }

        /// `127.0.0.1:8080` or `[::1]:8080`, as nginx and URLs have it.
        package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    }

    /// Runs a backend for each name while `body` runs, and hands it their addresses by name.
    ///
    /// - Parameter note: Called with each request that one of them gets.
    package static func run<Result: Sendable>(
        named names: [String],
        host: String = "127.0.0.1",
        noting note: @escaping @Sendable (EchoedRequest) -> Void = { _ in },
        body: ([String: Address]) async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var addresses: [String: Address] = [:]
            for name in Set(names) {
                let backend = try EchoBackend(name: name, host: host, noting: note)
                group.addTask { try await backend.run() }
                addresses[name] = try await backend.address
            }
            defer { group.cancelAll() }
            return try await body(addresses)
        }
    }
}
