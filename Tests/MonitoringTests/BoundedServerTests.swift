import BoundedServer
import Synchronization
import TestSupport
import Testing

/// The limits of the server against clients.
@Suite(.timeLimit(.minutes(10))) struct BoundedServerTests {
    @Test func `a client that says nothing, or never comes to an end, is let go in time`() async throws {
        var limits = ServerLimits()
        limits.reading = .milliseconds(300)
        try await Self.serving(limits) { port in
            for beginning in ["", "GET /now HTTP/1.1\r\n", "GET /now HTTP/1.1\r\nHost: a\r\n\r"] {
                try await RawConnection.use(to: "127.0.0.1", port: port) { connection in
                    try await connection.write(Array(beginning.utf8))
                    #expect(try await connection.readToEnd() == "")
                }
            }
        }
    }

    @Test func `a byte now and then does not keep a connection`() async throws {
        var limits = ServerLimits()
        limits.reading = .milliseconds(300)
        try await Self.serving(limits) { port in
            try await RawConnection.use(to: "127.0.0.1", port: port) { connection in
                // Fails as soon as the server has ended the connection.
                _ = await #expect(throws: (any Error).self) {
                    while true {
                        try await connection.write([UInt8(ascii: "a")])
                        try await Task.sleep(for: .milliseconds(10))
                    }
                }
            }
        }
    }

    @Test func `a line without end is refused as soon as it is too long`() async throws {
        try await Self.serving(ServerLimits()) { port in
            try await RawConnection.use(to: "127.0.0.1", port: port) { connection in
                try await connection.write(Array("GET /".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 20_000))
                #expect(try await connection.readHead().hasPrefix("HTTP/1.1 431 "))
            }
        }
    }

    @Test func `a client that does not read its answer is let go in time`() async throws {
        var limits = ServerLimits()
        limits.writing = .milliseconds(300)
        limits.connections = 1
        try await Self.serving(limits) { port in
            try await RawConnection.use(to: "127.0.0.1", port: port) { connection in
                try await connection.write(Self.request("/large"))
                // Much more than fits between two sockets. Nothing tells a client that does not read, so it waits for longer
                // than a busy server needs.
                try await Task.sleep(for: .seconds(3))
                #expect(try await connection.readToEnd().utf8.count < Self.large.utf8.count)
            }
        }
    }

    @Test func `where there is no room the oldest connection makes it`() async throws {
        var limits = ServerLimits()
        limits.connections = 2
        limits.reading = .seconds(600)
        try await Self.serving(limits) { port in
            try await RawConnection.use(to: "127.0.0.1", port: port) { oldest in
                try await oldest.write([UInt8(ascii: "G")])
                try await RawConnection.use(to: "127.0.0.1", port: port) { second in
                    try await second.write([UInt8(ascii: "G")])
                    #expect(try await Self.ask("/now", of: port).hasPrefix("HTTP/1.1 200 "))
                    #expect(try await oldest.readToEnd() == "")
                    try await second.write(Array("ET /now HTTP/1.1\r\n\r\n".utf8))
                    #expect(try await second.readToEnd().hasPrefix("HTTP/1.1 200 "))
                }
            }
        }
    }

    @Test func `an answer that takes time is looked for once for all who wait`() async throws {
        let searches = Atomic(0)
        let search: @Sendable () async -> Answer = {
            searches.add(1, ordering: .relaxed)
            return Answer(.ok, "found")
        }
        try await Self.serving(ServerLimits(), later: search) { port in
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<40 { group.addTask { try await Self.ask("/later", of: port) } }
                for try await answer in group { #expect(answer.hasSuffix("\r\n\r\nfound")) }
            }
            // One right away, and then one in a tenth of a second.
            let most = 2 + Int((ContinuousClock.now - start) / .milliseconds(100))
            #expect(searches.load(ordering: .relaxed) <= most)
        }
    }

    @Test func `nobody waits for who waits for an answer`() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let search: @Sendable () async -> Answer = {
            for await _ in gate { break }
            return Answer(.ok, "late")
        }
        try await Self.serving(ServerLimits(), later: search) { port in
            try await RawConnection.use(to: "127.0.0.1", port: port) { connection in
                try await connection.write(Self.request("/later"))
                for _ in 0..<20 { #expect(try await Self.ask("/now", of: port).hasPrefix("HTTP/1.1 200 ")) }
                open.yield()
                #expect(try await connection.readToEnd().hasSuffix("late"))
            }
        }
    }

    @Test(arguments: [
        ("HEAD /now HTTP/1.1\r\n\r\n", "200", ""), ("GET /none HTTP/1.1\r\n\r\n", "404", "Not Found"),
        ("POST /now HTTP/1.1\r\nContent-Length: 5\r\n\r\nabcde", "405", "Method Not Allowed"),
        ("GET /now HTTP/1.1\r\n\r\nGET /none HTTP/1.1\r\n\r\n", "200", "now"),
    ])
    func `one request is answered, and its connection ends`(
        _ request: String,
        _ status: String,
        _ body: String
    ) async throws {
        try await Self.serving(ServerLimits()) { port in
            try await RawConnection.use(to: "127.0.0.1", port: port) { connection in
                try await connection.write(Array(request.utf8))
                let answer = try await connection.readToEnd()
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
                let parts = answer.split(separator: "\r\n\r\n", omittingEmptySubsequences: false)
                #expect(parts.last.map(String.init) == body)
            }
        }
    }

    private static let large = String(repeating: "x", count: 64 << 20)

    private static func request(_ path: String) -> [UInt8] { Array("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n".utf8) }

    private static func ask(_ path: String, of port: UInt16) async throws -> String {
        try await RawConnection.use(to: "127.0.0.1", port: port) { connection in
            try await connection.write(request(path))
            return try await connection.readToEnd()
        }
    }

    private static func serving(
        _ limits: ServerLimits,
        later: @escaping @Sendable () async -> Answer = { Answer(.ok, "") },
        _ body: @Sendable @escaping (_ port: UInt16) async throws -> Void
    ) async throws {
        let port = try ClaimedPort.next()
        let server = BoundedServer(
            port: port,
            limits: limits,
            routes: [
                "/now": .now { Answer(.ok, "now") }, "/large": .now { Answer(.ok, large) }, "/later": .later(later),
            ]
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                try await eventually("port \(port) answers") { (try? await ask("/now", of: port)) != nil }
                try await body(port)
            }
            // A server that cannot serve fails at once, and is not waited for.
            try await group.next()
            group.cancelAll()
        }
    }
}
