import APIServerTestSupport
import KubernetesClient
import TestSupport
import Timing
import YAML

/// The updates of a reflector of the Services of a fake API server.
actor ReflectedServices {
    nonisolated let path = "/api/v1/services"
    private let reflector: Reflector<String>
    private let starts: AsyncStream<Void>.Continuation
    private(set) var names: Set<String> = []
    /// How many objects each list had.
    private(set) var sizes: [Int] = []
    private(set) var failures: [APIError] = []
    private(set) var recoveries = 0
    private(set) var hasEnded = false

    private init(_ reflector: Reflector<String>, _ starts: AsyncStream<Void>.Continuation) {
        self.reflector = reflector
        self.starts = starts
    }

    var lists: Int { sizes.count }

    /// Runs `body` with a server that has Services, and a reflector that is to be started.
    static func use(
        sizeLimit: Int = 64 << 20,
        silence: Duration = .seconds(180),
        _ body: @Sendable @escaping (FakeAPIServer, ReflectedServices) async throws -> Void
    ) async throws {
        try await FakeAPIServer.use { server in
            let (stream, starts) = AsyncStream.makeStream(of: Void.self)
            let pace = ReflectorPace(
                backoff: Backoff(first: .milliseconds(1)),
                forbidden: Backoff(first: .milliseconds(1)),
                silence: silence
            )
            let client = APIClient(ClusterConfiguration(server: server.url), sizeLimit: sizeLimit)
            let reflector = Reflector(client, ResourceQuery(.services), pace: pace) { $0["metadata"]?["name"]?.text }
            let services = ReflectedServices(reflector, starts)
            await server.serve(services.path, kind: "Service")
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await _ in stream { await services.run() }
                }
                defer { group.cancelAll() }
                try await body(server, services)
            }
        }
    }

    nonisolated func start() {
        starts.yield()
    }

    nonisolated func await(count: Int) async throws {
        try await eventually("\(count) Services") { await names.count == count }
    }

    nonisolated func await(_ condition: (Set<String>) -> Bool) async throws {
        try await eventually("the Services") { condition(await names) }
    }

    private func run() async {
        await reflector.run { await self.take($0) }
        hasEnded = true
    }

    private func take(_ update: ReflectorUpdate<String>) {
        switch update {
        case .list(let list):
            names = Set(list)
            sizes.append(list.count)
        case .changes(let changes):
            for change in changes {
                switch change {
                case .changed(let name): names.insert(name)
                case .removed(let name): names.remove(name)
                }
            }
        case .failure(let error): failures.append(error)
        case .recovery: recoveries += 1
        }
    }
}
