import FlyingSocks
import Foundation

/// An API server on loopback that lists, pages and watches as a real one does, or misbehaves as it is told.
package actor FakeAPIServer {
    /// Such as `http://127.0.0.1:41234`.
    package nonisolated let url: String
    /// All requests that came, in their order.
    package private(set) var requests: [FakeRequest] = []
    /// How many connections were made.
    package private(set) var connections = 0

    private var collections: [String: FakeCollection] = [:]
    private var version = 100
    /// What no watch may begin before.
    private var oldestVersion = 0
    private var scripts: [(matches: @Sendable (FakeRequest) -> Bool, answers: [FakeAnswer])] = []
    private var open: [Int: AsyncSocket] = [:]
    private var news: [Int: AsyncStream<Void>.Continuation] = [:]

    private init(url: String) {
        self.url = url
    }

    /// Serves while `body` runs.
    package static func use<Result: Sendable>(
        _ body: @Sendable @escaping (FakeAPIServer) async throws -> Result
    ) async throws -> Result {
        let pool = SocketPool.make()
        try await pool.prepare()
        let socket = try Socket(domain: AF_INET)
        try socket.bind(to: .inet(ip4: "127.0.0.1", port: 0))
        try socket.listen()
        guard case .ip4(_, let port) = try socket.sockname() else { throw Tool.Failure(description: "no port") }
        let server = FakeAPIServer(url: "http://127.0.0.1:\(port)")
        let listener = try AsyncSocket(socket: socket, pool: pool)
        defer { try? listener.close() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run() }
            group.addTask { await server.accept(from: listener) }
            defer { group.cancelAll() }
            let result = try await body(server)
            await server.hangUp()
            return result
        }
    }

    /// How many connections are open.
    package var openConnections: Int { open.count }

    // MARK: What it has

    /// Says that a resource exists; `path` is that of all of its objects, such as `/api/v1/services`.
    package func serve(_ path: String, kind: String) {
        if collections[path] == nil { collections[path] = FakeCollection(path: path, kind: kind) }
    }

    /// Takes a resource out of the API.
    package func withdraw(_ path: String) {
        collections[path] = nil
        tellWatches()
    }

    /// Adds an object to a resource that is served, or replaces it.
    package func put(_ json: String, in path: String) throws {
        version += 1
        try collections[path]?.put(json, version: version)
        tellWatches()
    }

    package func remove(_ name: String, namespace: String = "", from path: String) throws {
        version += 1
        try collections[path]?.remove(namespace, name, version: version)
        tellWatches()
    }

    /// Sends a line to all watches of a resource.
    package func send(_ line: String, to path: String) {
        version += 1
        collections[path]?.note(line, version: version)
        tellWatches()
    }

    /// Forgets what was, so that nobody can watch from there.
    package func compact() {
        version += 1
        oldestVersion = version
        for path in collections.keys { collections[path]?.forget() }
    }

    // MARK: What it does wrong

    /// Answers the next requests that match otherwise than it should, one after the other.
    package func script(_ answers: [FakeAnswer], for matches: @Sendable @escaping (FakeRequest) -> Bool) {
        scripts.append((matches, answers))
    }

    /// Ends all connections, as a server does that ends itself.
    package func hangUp() {
        for socket in open.values { shutdown(socket.socket.file.rawValue, Int32(SHUT_RDWR)) }
    }

    // MARK: Serving

    private nonisolated func accept(from listener: AsyncSocket) async {
        await withDiscardingTaskGroup { group in
            while let socket = try? await listener.accept() {
                let id = await begin(socket)
                group.addTask {
                    try? await self.serve(FakeConnection(socket: socket))
                    await self.end(id)
                    try? socket.close()
                }
            }
        }
    }

    private func begin(_ socket: AsyncSocket) -> Int {
        connections += 1
        open[connections] = socket
        return connections
    }

    private func end(_ id: Int) { open[id] = nil }

    private nonisolated func serve(_ connection: FakeConnection) async throws {
        while let request = try await connection.request() {
            switch await note(request) {
            case .usual: try await answer(request, on: connection)
            case .status(let code, let reason, let message, let head):
                try await connection.write(Self.status(code, reason, message), status: code, head: head)
            case .body(let text, let status): try await connection.write(text, status: status)
            case .truncated(let text):
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(text.utf8.count * 2)\r\n\r\n\(text)")
                return
            case .watch(let lines, let end):
                try await connection.beginWatch()
                try await connection.writeChunk(lines.map { $0 + "\n" }.joined())
                switch end {
                case .ordered: try await connection.endWatch()
                case .hangUp: return
                case .never: return await connection.waitForEnd()
                }
            case .hangUp: return
            case .silence: return await connection.waitForEnd()
            }
        }
    }

    private func note(_ request: FakeRequest) -> FakeAnswer {
        requests.append(request)
        guard let index = scripts.firstIndex(where: { !$0.answers.isEmpty && $0.matches(request) }) else {
            return .usual
        }
        return scripts[index].answers.removeFirst()
    }

    private nonisolated func answer(_ request: FakeRequest, on connection: FakeConnection) async throws {
        if let text = await discovery(request.path) { return try await connection.write(text, status: 200) }
        let (path, namespace) = Self.place(request.path)
        guard request.isWatch else {
            let (text, status) = await list(request, path, namespace)
            return try await connection.write(text, status: status)
        }
        try await watch(request, path, namespace, connection)
    }

    private func list(_ request: FakeRequest, _ path: String, _ namespace: String?) -> (String, Int) {
        guard let collection = collections[path] else { return (Self.status(404, "NotFound", "no such resource"), 404) }
        let page = collection.page(
            namespace: namespace,
            limit: request.query["limit"].flatMap { Int($0) },
            from: request.query["continue"].flatMap { Int($0) } ?? 0,
            version: version
        )
        return (page, 200)
    }

    private nonisolated func watch(
        _ request: FakeRequest,
        _ path: String,
        _ namespace: String?,
        _ connection: FakeConnection
    ) async throws {
        guard var seen = request.query["resourceVersion"].flatMap({ Int($0) }), await serves(path) else {
            return try await connection.write(Self.status(404, "NotFound", "no such resource"), status: 404)
        }
        try await connection.beginWatch()
        guard await seen >= oldestVersion else {
            let gone = FakeCollection.event("ERROR", Self.status(410, "Expired", "too old resource version"))
            try await connection.writeChunk(gone + "\n")
            return try await connection.endWatch()
        }
        for await _ in await ticks() {
            guard let (lines, version) = await events(path, namespace, after: seen) else { break }
            seen = version
            try await connection.writeChunk(lines.map { $0 + "\n" }.joined())
        }
        try await connection.endWatch()
    }

    private func serves(_ path: String) -> Bool { collections[path] != nil }

    private func events(_ path: String, _ namespace: String?, after seen: Int) -> ([String], Int)? {
        guard let events = collections[path]?.events else { return nil }
        let newer = events.filter { $0.version > seen && (namespace == nil || [namespace, ""].contains($0.namespace)) }
        return (newer.map(\.line), max(seen, version))
    }

    /// Ticks at once, and whenever something has changed.
    private func ticks() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = (news.keys.max() ?? 0) + 1
        news[id] = continuation
        continuation.yield()
        return stream
    }

    private func tellWatches() {
        for continuation in news.values { continuation.yield() }
    }

    private func discovery(_ path: String) -> String? {
        let parts = path.split(separator: "/")
        guard parts.first == "apis", parts.count == 3 else { return nil }
        let names = collections.keys.filter { $0.hasPrefix(path + "/") }.map { $0.split(separator: "/").last ?? "" }
        guard !names.isEmpty else { return nil }
        let resources = names.sorted().map { #"{"name":"\#($0)"}"# }.joined(separator: ",")
        return #"{"kind":"APIResourceList","resources":[\#(resources)]}"#
    }

    /// The path of all objects of a resource, and the namespace of those that are meant.
    private static func place(_ path: String) -> (path: String, namespace: String?) {
        var parts = path.split(separator: "/").map(String.init)
        guard let index = parts.firstIndex(of: "namespaces"), index + 2 < parts.count else { return (path, nil) }
        let namespace = parts[index + 1]
        parts.removeSubrange(index...(index + 1))
        return ("/" + parts.joined(separator: "/"), namespace)
    }

    package static func status(_ code: Int, _ reason: String, _ message: String) -> String {
        #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","#
            + #""reason":"\#(reason)","message":"\#(message)","code":\#(code)}"#
    }
}
