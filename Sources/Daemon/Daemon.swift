import Controller
import Foundation
package import Monitoring
import NginxControl

/// The controller's process: it reconciles until it is asked to end, and answers those who watch over it.
package struct Daemon: Sendable {
    private let serving: ServingNginx
    private let health: Health
    private let metrics: ControllerMetrics

    /// The least time from one reload to the next.
    package var syncPeriod = Duration.seconds(1)
    /// The port for health and metrics; `nil` for none.
    package var healthPort: UInt16?
    /// How long it goes on after being asked to end, while `/readyz` says so.
    package var gracePeriod = Duration.zero
    /// How long a supervised nginx may finish its requests at the end.
    package var stopTimeout = Duration.seconds(30)

    package init(_ serving: ServingNginx, _ health: Health, _ metrics: ControllerMetrics) {
        self.serving = serving
        self.health = health
        self.metrics = metrics
    }

    /// Serves what a source says until a signal asks the process to end.
    package func run(_ source: some SnapshotSource) async throws {
        let meter = try serving.portMeter.map { try PortMeter(socket: $0) } ?? PortMeter()
        let server = try healthPort.map { port in
            let counts = try ConnectionCounts(socket: serving.statusSocket)
            return HealthServer(
                port: port,
                health: health,
                metrics: metrics,
                ports: meter,
                questions: { [serving] in serving.endpoints?.counts }
            ) {
                await counts.text.flatMap(NginxConnections.init)
            }
        }
        let farewell: @Sendable () async -> Void = {
            health.end()
            try? await Task.sleep(for: gracePeriod)
        }
        _ = try await EndSignals.untilRaised(EndSignals.ofDaemon, finishing: farewell) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                if let server { group.addTask { try await server.run() } }
                group.addTask { await meter.run() }
                // What rotates the logs knows this process, and nginx is its own.
                group.addTask { await EndSignals.onEach(SIGUSR1) { await serving.reopenLogs() } }
                // To nginx it says that there is another program; by default it would end this one.
                group.addTask { await EndSignals.onEach(SIGUSR2) { await serving.passOver("SIGUSR2") } }
                group.addTask { try await serving.run(source, every: syncPeriod) }
                while try await group.next() != nil {}
            }
        }
        await source.end()
        await serving.stop(within: stopTimeout)
    }
}
