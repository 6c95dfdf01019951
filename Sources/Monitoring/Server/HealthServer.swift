import FlyingFox
import FlyingSocks
import Foundation

/// Answers `/healthz` and `/readyz`, as the kubelet asks, and `/metrics`, as Prometheus does.
///
/// See [probes](https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/).
package struct HealthServer: Sendable {
    /// Why nobody can be answered.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private let port: UInt16
    private let health: Health
    private let metrics: ControllerMetrics
    private let connections: @Sendable () async -> NginxConnections?

    /// - Parameters:
    ///   - port: Of every address of this machine.
    ///   - connections: Asks nginx; `nil` where it does not answer.
    package init(
        port: UInt16,
        health: Health,
        metrics: ControllerMetrics,
        connections: @escaping @Sendable () async -> NginxConnections?
    ) {
        self.port = port
        self.health = health
        self.metrics = metrics
        self.connections = connections
    }

    /// Serves until the task is cancelled; throws ``Failure`` where the port cannot be had.
    package func run() async throws {
        let server = Self.hasIPv6 ? self.server(.inet6(port: port)) : self.server(.inet(port: port))
        await server.appendRoute("GET,HEAD /healthz") { _ in Self.answer(.ok, "ok") }
        await server.appendRoute("GET,HEAD /readyz") { [health] _ in
            let state = health.state
            return Self.answer(state == .ready ? .ok : .serviceUnavailable, state.rawValue)
        }
        await server.appendRoute("GET,HEAD /metrics") { [metrics, connections] _ in
            let families = metrics.families + NginxConnections.families(await connections()) + ProcessMetrics.families
            return Self.answer(.ok, MetricsText.text(families), type: MetricsText.contentType)
        }
        do {
            try await server.run()
        } catch {
            guard !Task.isCancelled else { return }
            throw Failure(description: "port \(port) cannot be served: \(error.localizedDescription)")
        }
    }

    private func server(_ address: some SocketAddress) -> HTTPServer {
        HTTPServer(address: address, logger: .disabled)
    }

    /// An IPv6 socket takes IPv4 as well; where the kernel has no IPv6 it cannot be had.
    private static var hasIPv6: Bool { FileManager.default.fileExists(atPath: "/proc/net/if_inet6") }

    private static func answer(
        _ status: HTTPStatusCode,
        _ text: String,
        type: String = "text/plain; charset=utf-8"
    ) -> HTTPResponse {
        HTTPResponse(statusCode: status, headers: [.contentType: type], body: Data(text.utf8))
    }
}
