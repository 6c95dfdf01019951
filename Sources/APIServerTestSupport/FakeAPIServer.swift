import FlyingSocks
import Foundation

/// An API server on loopback that lists, pages and watches as a real one does, or misbehaves as it is told.
package actor FakeAPIServer {
    /// Such as `http://127.0.0.1:41234`.
    package nonisolated let url: String
    /// All requests that came, in their order.
    package internal(set) var requests: [FakeRequest] = []
    /// How many connections were made.
    package internal(set) var connections = 0

    var collections: [String: FakeCollection] = [:]
    var version = 100
    /// The oldest version that a watch may begin from.
    var oldestVersion = 0
    var scripts: [(matches: @Sendable (FakeRequest) -> Bool, answers: [FakeAnswer])] = []
    var open: [Int: AsyncSocket] = [:]
    var waiting: [Int: AsyncStream<Void>.Continuation] = [:]

    private init(url: String) {
        self.url = url
    }

    /// Serves while `body` runs.
    package static func use<Result: Sendable>(
        _ body: @Sendable @escaping (FakeAPIServer) async throws -> Result
    ) async throws -> Result {
        try await LoopbackListener.use { listener in
            let server = FakeAPIServer(url: "http://127.0.0.1:\(listener.port)")
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await listener.serve { await server.serve($0) } }
                defer { group.cancelAll() }
                let result = try await body(server)
                await server.hangUp()
                return result
            }
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
        notifyWatches()
    }

    /// Adds an object to a resource that is served, or replaces it.
    package func put(_ json: String, in path: String) throws {
        version += 1
        try collections[path]?.put(json, version: version)
        notifyWatches()
    }

    package func remove(_ name: String, namespace: String = "", from path: String) throws {
        version += 1
        try collections[path]?.remove(namespace, name, version: version)
        notifyWatches()
    }

    /// Sends a line to all watches of a resource.
    package func send(_ line: String, to path: String) {
        version += 1
        collections[path]?.note(line, version: version)
        notifyWatches()
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

    /// Answers all requests as it should again.
    package func endScripts() { scripts = [] }

    /// Ends all connections, as a server does that ends itself.
    package func hangUp() {
        for socket in open.values { shutdown(socket.socket.file.rawValue, Int32(SHUT_RDWR)) }
    }
}
