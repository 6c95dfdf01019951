import BoundedServer
import CurlTestSupport
import TestSupport
import Testing

@testable import Monitoring

@Suite struct HealthServerTests {
    @Test func `readiness follows the first generation and the end, and health does not`() async throws {
        let health = Health()
        try await Self.serving(health) { get in
            #expect(try await get("/readyz").status == 503)
            #expect(try await get("/healthz").status == 200)
            health.generationServes()
            #expect(try await get("/readyz").status == 200)
            health.end()
            let answer = try await get("/readyz")
            #expect(answer.status == 503)
            #expect(answer.body == "shutting down")
            health.generationServes()
            #expect(try await get("/readyz").status == 503)
            #expect(try await get("/healthz").status == 200)
        }
    }

    @Test func `metrics are those of the controller, of nginx and of the process`() async throws {
        try await Self.serving(Health()) { get in
            let answer = try await get("/metrics")
            #expect(answer.status == 200)
            #expect(answer.type == "text/plain; version=0.0.4; charset=utf-8")
            let names = [
                "postern_build_info{", "postern_nginx_up 0", "process_cpu_seconds_total ", "process_open_fds ",
            ]
            for name in names { #expect(answer.body.contains("\n\(name)"), "\(name)") }
        }
    }

    @Test func `a port that is taken is named`() async throws {
        let port = try ClaimedPort.next()
        let holder = try PortHolder(port)
        defer { holder.release() }
        let failure = await #expect(throws: BoundedServer.Failure.self) {
            try await Self.server(on: port, Health()).run()
        }
        #expect(failure?.description == "port \(port) cannot be served: Address already in use")
    }

    private struct Answer {
        var status: Int
        var body: String
        var type: String?
    }

    private static func server(on port: UInt16, _ health: Health) -> HealthServer {
        HealthServer(port: port, health: health, metrics: ControllerMetrics(version: "1")) { nil }
    }

    private static func serving(
        _ health: Health,
        _ body: @Sendable @escaping (_ get: (String) async throws -> Answer) async throws -> Void
    ) async throws {
        let port = try ClaimedPort.next()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server(on: port, health).run() }
            group.addTask {
                try await eventually("port \(port) answers") { (try? await answer(of: port, "/healthz")) != nil }
                try await body { try await answer(of: port, $0) }
            }
            // A server that cannot serve fails at once, and is not waited for.
            try await group.next()
            group.cancelAll()
        }
    }

    private static func answer(of port: UInt16, _ path: String) async throws -> Answer {
        try await RawConnection.use(to: "127.0.0.1", port: port) { connection in
            let request = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            try await connection.write(Array(request.utf8))
            let head = try CurlResponseHead(try await connection.readHead())
            let headers = Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
            let body = try await connection.read(Int(headers["content-length"] ?? "") ?? 0)
            return Answer(
                status: head.status,
                body: String(decoding: body, as: UTF8.self),
                type: headers["content-type"]
            )
        }
    }
}
