package import BoundedServer
package import NameServer

/// Answers `/healthz` and `/readyz`, as the kubelet asks, and `/metrics`, as Prometheus does.
///
/// See [probes](https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/).
package struct HealthServer: Sendable {
    private let server: BoundedServer

    /// - Parameters:
    ///   - port: Of every address of this machine.
    ///   - ports: What is known of the sessions of TCP and UDP.
    ///   - questions: What nginx has asked about endpoints; `nil` where it asks nothing.
    ///   - connections: Asks nginx; `nil` where it does not answer.
    package init(
        port: UInt16,
        health: Health,
        metrics: ControllerMetrics,
        ports: PortMeter = PortMeter(),
        questions: @escaping @Sendable () -> NameServerCounts? = { nil },
        connections: @escaping @Sendable () async -> NginxConnections?
    ) {
        server = BoundedServer(
            port: port,
            routes: [
                "/healthz": .now { Answer(.ok, "ok") },
                "/readyz": .now {
                    let state = health.state
                    return Answer(state == .ready ? .ok : .serviceUnavailable, state.rawValue)
                },
                "/metrics": .later {
                    let nginx = NginxConnections.families(await connections())
                    let families = metrics.families + nginx + metrics.portFamilies + ports.families
                    let asked = questions().map { QuestionMetrics.families($0) } ?? []
                    let text = MetricsText.text(families + asked + ProcessMetrics.families)
                    return Answer(.ok, text, type: MetricsText.contentType)
                },
            ]
        )
    }

    /// Serves until the task is cancelled; throws where the port cannot be had.
    package func run() async throws(BoundedServer.Failure) { try await server.run() }
}
