import APIServerTestSupport
import Curl
import KubernetesClient
import TestSupport
import Testing

@Suite
struct `The transport` {
    @Test
    func `ends a request at once when its task is cancelled`() async throws {
        try await withServer { server, client in
            await server.script([.silence]) { _ in true }
            let task = Task { try await client.send(APIRequest(.get, "/version")) }
            try await eventually("the request") { await server.requests.count == 1 }
            task.cancel()
            await #expect(throws: APIError.cancelled) { try await task.value }
            try await eventually("the end of its connection") { await server.openConnections == 0 }
        }
    }

    @Test
    func `ends a watch that nobody reads any more`() async throws {
        try await withServer { server, client in
            await server.script([.watch(["{}"], end: .never)]) { _ in true }
            do {
                let stream = try await client.open(APIRequest(.get, "/version"))
                #expect(stream.head == TransferHead(status: 200))
            }
            try await eventually("the end of its connection") { await server.openConnections == 0 }
        }
    }

    @Test
    func `opens watches at once that last, each on a connection of its own where there is no TLS`() async throws {
        try await withServer { server, client in
            await server.script(Array(repeating: .watch(["{}"], end: .never), count: 8)) { _ in true }
            // Asked for while the first connection is being made; each stream is held to the end.
            let streams = try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask { try await client.open(APIRequest(.get, "/watch", timeout: .seconds(60))) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(streams.map(\.head.status) == Array(repeating: 200, count: 8))
            #expect(await server.openConnections == 8)
        }
    }

    @Test
    func `gives up a server that does not answer, or falls silent`() async throws {
        try await withServer { server, client in
            await server.script([.silence]) { $0.path == "/silent" }
            await server.script(Array(repeating: .watch(["{}"], end: .never), count: 6)) { $0.path == "/watch" }
            await #expect(throws: APIError.timedOut) {
                try await client.send(APIRequest(.get, "/silent", timeout: .milliseconds(50)))
            }
            // A machine that is busy may need longer than that for what comes at once.
            for seconds in [1, 2, 4, 8, 16, 32] {
                let idle = Duration.seconds(seconds)
                guard let stream = try? await client.open(APIRequest(.get, "/watch"), idle: idle),
                    try await stream.next() == Array("{}\n".utf8)
                else { continue }
                await #expect(throws: APIError.timedOut) { try await stream.next() }
                return
            }
            Issue.record("nothing ever came")
        }
    }

    @Test
    func `gives up all connections when one request is not answered and nothing else is heard`() async throws {
        try await withServer { server, client in
            await server.script([.watch(["{}"], end: .never)]) { $0.path == "/watch" }
            await server.script([.silence]) { $0.path == "/silent" }
            let watch = try await client.open(APIRequest(.get, "/watch", timeout: .seconds(600)))
            #expect(try await watch.next() != nil)
            await #expect(throws: APIError.timedOut) {
                try await client.send(APIRequest(.get, "/silent", timeout: .seconds(1)))
            }
            await #expect(throws: APIError.unreachable("the server has fallen silent")) { try await watch.next() }
            _ = try await client.send(APIRequest(.get, "/apis/a/v1"))
        }
    }

    @Test
    func `makes a server wait for a slow reader, and loses nothing`() async throws {
        try await withServer { server, client in
            let body = String(repeating: "0123456789abcdef", count: 1 << 20)
            await server.script([.body(body), .usual]) { _ in true }
            let stream = try await client.open(APIRequest(.get, "/version"))
            // Others go on meanwhile.
            _ = try await client.send(APIRequest(.get, "/apis/a/v1"))
            var received: [UInt8] = []
            while let part = try await stream.next() {
                #expect(part.count <= 1 << 20)
                received += part
            }
            #expect(received == Array(body.utf8))
        }
    }

    @Test
    func `bounds what an answer may weigh`() async throws {
        try await withServer(sizeLimit: 1_000) { server, client in
            await server.script([.body(String(repeating: "x", count: 1_001)), .body("x")]) { _ in true }
            await #expect(throws: APIError.tooLarge(limit: 1_000)) {
                try await client.send(APIRequest(.get, "/version"))
            }
            let answer = try await client.send(APIRequest(.get, "/version"))
            #expect(answer.body == [0x78])
        }
    }

    @Test(arguments: [429, 503])
    func `tells how long a server asks to wait`(_ code: Int) async throws {
        try await withServer { server, client in
            await server.script([.status(code, message: "later", head: ["Retry-After: 7"])]) { _ in true }
            let error = await #expect(throws: APIError.self) { try await client.send(APIRequest(.get, "/version")) }
            #expect(error?.retryAfter == .seconds(7))
            #expect(error?.description == "the API server answers \(code): later")
        }
    }

    @Test
    func `says why there is no connection`() async throws {
        let port = try ClaimedPort.next()
        let client = APIClient(ClusterConfiguration(server: "http://127.0.0.1:\(port)"))
        let error = await #expect(throws: APIError.self) { try await client.send(APIRequest(.get, "/version")) }
        #expect("\(error.map(String.init(describing:)) ?? "")".contains("Failed to connect to 127.0.0.1 port \(port)"))
    }

    @Test
    func `goes through a proxy, but not to what it excepts`() async throws {
        try await withServer { proxy, _ in
            await proxy.script([.body("{}")]) { _ in true }
            var configuration = ClusterConfiguration(server: "http://127.0.0.1:1", proxy: .init(url: proxy.url))
            let answer = try await APIClient(configuration).send(APIRequest(.get, "/version"))
            #expect(answer.body == Array("{}".utf8))
            #expect(await proxy.requests.map(\.headers["host"]) == ["127.0.0.1:1"])
            configuration.proxy?.exceptions = "127.0.0.0/8"
            await #expect(throws: APIError.self) {
                try await APIClient(configuration).send(APIRequest(.get, "/version"))
            }
            #expect(await proxy.requests.count == 1)
        }
    }

    @Test
    func `tells of each request what it was and what came of it`() async throws {
        try await FakeAPIServer.use { server in
            await server.serve("/api/v1/services", kind: "Service")
            let (calls, continuation) = AsyncStream.makeStream(of: APICall.self)
            let client = APIClient(ClusterConfiguration(server: server.url)) { continuation.yield($0) }
            await server.script([.usual, .status(404), .status(409), .hangUp, .hangUp]) { _ in true }
            _ = try? await client.send(APIRequest(.get, "/api/v1/services"))
            _ = try? await client.send(APIRequest(.get, "/api/v1/namespaces/a/services/b"))
            _ = try? await client.send(APIRequest(.put, "/apis/x.example/v1/namespaces/a/things/b/status", body: []))
            _ = try? await client.send(APIRequest(.patch(.merge), "/api/v1/namespaces/a", body: []))
            continuation.finish()
            var reported: [String] = []
            for await call in calls {
                reported.append("\(call.verb) \(call.resource) \(call.code.map(String.init) ?? "-")")
            }
            #expect(
                reported == ["list services 200", "get services 404", "update things/status 409", "patch namespaces -"]
            )
        }
    }

    private func withServer(
        sizeLimit: Int = 64 << 20,
        _ body: @Sendable @escaping (FakeAPIServer, APIClient) async throws -> Void
    ) async throws {
        try await FakeAPIServer.use { server in
            await server.serve("/apis/a/v1/things", kind: "Thing")
            try await body(server, APIClient(ClusterConfiguration(server: server.url), sizeLimit: sizeLimit))
        }
    }
}
