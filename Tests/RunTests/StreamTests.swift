import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Ports of TCP as the controller takes them live.
@Suite(.timeLimit(.minutes(10)))
struct StreamTests {
    private static let options = ["--tcp-services-configmap", "ingress/tcp"]

    private static func answers(_ port: UInt16) async -> Bool {
        let answer = try? await RawConnection.use(to: "127.0.0.1", port: port) { connection in
            try await connection.write(Array("PING\r\n".utf8))
            return try await connection.read(7)
        }
        return answer == Array("+PONG\r\n".utf8)
    }

    private static func redis(_ port: UInt16, body: () async throws -> Void) async throws {
        let options = "--bind 0.0.0.0 --protected-mode no --port \(port) --save '' --dir /tmp"
        let command = "\(try Tool("redis-server").path) \(options)"
        let script = "\(command) </dev/null >/dev/null 2>&1 & program=$!; read -r line; kill $program; wait"
        try await Guardian.run(script, over: "") {
            try await eventually("Redis listens") { await answers(port) }
            try await body()
        }
    }

    @Test func `a port that another process has is told, and all else goes live`() async throws {
        let (backend, port, taken) = (try ClaimedPort.next(), try ClaimedPort.next(), try ClaimedPort.next())
        try await Self.redis(backend) {
            let holder = try PortHolder(taken)
            try await ControllerSite.use { site in
                try site.write(Manifest.ingress("a"), to: "a.yaml")
                try site.write(StreamManifest.text(to: backend, port), to: "tcp.yaml")
                _ = try await site.run(Self.options) { postern in
                    try await site.awaitAnswer("302 /v1", of: "a.example")
                    try await eventually("the port leads to Redis") { await Self.answers(port) }
                    try site.write(StreamManifest.text(to: backend, port, taken), to: "tcp.yaml")
                    try await postern.awaitLog("[stream-port-in-use]")
                    // What changes beside it goes live, and the other port serves.
                    try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                    try await site.awaitAnswer("302 /v2", of: "a.example")
                    #expect(await Self.answers(port))
                    // A port that is no longer named is closed.
                    try site.write(StreamManifest.text(to: backend), to: "tcp.yaml")
                    try await eventually("the port is closed") { await !Self.answers(port) }
                    try await site.awaitAnswer("302 /v2", of: "a.example")
                }
            }
            holder.release()
        }
    }

    @Test func `a connection lives on over a hundred swaps`() async throws {
        let (backend, port) = (try ClaimedPort.next(), try ClaimedPort.next())
        try await Self.redis(backend) {
            try await ControllerSite.use { site in
                try site.write(Manifest.ingress("a", to: "/v0"), to: "a.yaml")
                try site.write(StreamManifest.text(to: backend, port), to: "tcp.yaml")
                // Each swap leaves a worker behind for as long as its connection is open.
                _ = try await site.run(Self.options + ["--draining-reloads", "1000"]) { _ in
                    try await eventually("the port leads to Redis") { await Self.answers(port) }
                    try await RawConnection.use(to: "127.0.0.1", port: port) { connection in
                        for number in 1...100 {
                            try site.write(Manifest.ingress("a", to: "/v\(number)"), to: "a.yaml")
                            try await site.awaitAnswer("302 /v\(number)", of: "a.example")
                            try await connection.write(Array("PING\r\n".utf8))
                            #expect(try await connection.read(7) == Array("+PONG\r\n".utf8))
                        }
                    }
                }
            }
        }
    }

    @Test func `sessions are counted for each port, over a start of Postern as well`() async throws {
        let (backend, port) = (try ClaimedPort.next(), try ClaimedPort.next())
        try await Self.redis(backend) {
            try await ControllerSite.use { site in
                try site.write(Manifest.ingress("a"), to: "a.yaml")
                try site.write(StreamManifest.text(to: backend, port), to: "tcp.yaml")
                let labels = "{transport=\"tcp\",port=\"\(port)\""
                for _ in 0..<2 {
                    let options = Self.options + ["--healthz-port", "\(site.healthPort)"]
                    _ = try await site.run(options) { _ in
                        try await eventually("the port leads to Redis") { await Self.answers(port) }
                        try await RawConnection.use(to: "127.0.0.1", port: port) { connection in
                            try await connection.write(Array("PING\r\n".utf8))
                            #expect(try await connection.read(7) == Array("+PONG\r\n".utf8))
                            try await eventually("the connection is one of those that are open") {
                                await site.metrics.contains("postern_port_open_connections\(labels)} 1\n")
                            }
                        }
                        try await eventually("connections are counted") {
                            // The first that ends after a new start of Postern is not: nginx finds the socket anew by it.
                            _ = await Self.answers(port)
                            let text = await site.metrics
                            return text.contains("postern_port_sessions_total\(labels),status=\"200\"} ")
                                && text.contains("postern_port_received_bytes_total\(labels)} ")
                                && text.contains("postern_port_info\(labels),service=\"shop/db-tcp:5432\"} 1\n")
                                && text.contains("postern_port_open_connections\(labels)} 0\n")
                        }
                    }
                }
            }
        }
    }

    @Test func `a supervised nginx starts anew though a port of it has been taken`() async throws {
        let (backend, port) = (try ClaimedPort.next(), try ClaimedPort.next())
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            try site.write(StreamManifest.text(to: backend, port), to: "tcp.yaml")
            _ = try await site.run(Self.options) { _ in try await site.awaitAnswer("302 /v1", of: "a.example") }
            for process in site.masters { kill(process, SIGQUIT) }
            try await eventually("nginx has ended") { site.masters.isEmpty }
            let holder = try PortHolder(port)
            _ = try await site.run(Self.options) { postern in
                try await postern.awaitLog("[stream-port-in-use]")
                try await site.awaitAnswer("302 /v1", of: "a.example")
            }
            holder.release()
        }
    }
}

extension ControllerSite {
    /// What the controller says of itself; nothing while it is not there.
    var metrics: String {
        get async {
            let request = "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let text = try? await RawConnection.use(to: "127.0.0.1", port: healthPort) { connection in
                try await connection.write(Array(request.utf8))
                return try await connection.readToEnd()
            }
            return text ?? ""
        }
    }

    /// The process that its nginx has named.
    fileprivate var masters: [Int32] {
        guard let number = processIdentifier(in: "\(state)/nginx.pid"), kill(number, 0) == 0 else { return [] }
        return [number]
    }
}
