import ControlPlaneTestSupport
import Foundation

/// Measures `postern run` on a real API server: from a change of an Ingress to its route on the nginx that serves.
///
/// The yardstick is what kubectl takes by itself, and how long nginx takes to read the configuration.
enum ClusterBenchmark {
    private static let rounds = 15

    static func run(_ sizes: [Int] = [100, 5_000]) async throws {
        print("ingresses   synced (nginx -t)   by kubectl (alone)   by the API   processor   memory")
        for size in sizes {
            print(try await ControlPlane.use { try await measure(size, on: $0) })
            fflush(nil)
        }
    }

    private static func measure(_ size: Int, on plane: ControlPlane) async throws -> String {
        let folder = URL(filePath: "/tmp/postern-benchmark-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let cluster = try FilledCluster(plane)
        try await cluster.fill(ingresses: size)
        let start = ContinuousClock.now
        let postern = try PosternProcess(
            on: [
                "--kubeconfig", plane.kubectl.kubeconfig, "--publish-status-address", "192.0.2.1", "--healthz-port",
                "\(try FreePort.find())",
            ],
            in: folder
        )
        defer { postern.stop() }
        _ = try postern.nextSwap(after: nil)
        let synced = ContinuousClock.now - start
        let parse = try NginxTest.time(of: postern.state.appending(path: "current/nginx.conf"))
        try await cluster.awaitStatus(ingresses: size)
        var byKubectl: [Double] = [], alone: [Double] = [], byAPI: [Double] = [], processor: [Double] = []
        for round in 0...rounds {
            let number = round * 7 % size
            let before = postern.processorTime
            let served = try await time(until: "/api-\(round)", of: number, on: postern) {
                try await cluster.change(number, appRoot: "/api-\(round)")
            }
            // What is left to do once the route is there belongs to the change as well.
            usleep(300_000)
            let cost = postern.processorTime - before
            let kubectl = try await time(until: "/kubectl-\(round)", of: number, on: postern) {
                try await plane.kubectl.apply(cluster.manifest(of: number, appRoot: "/kubectl-\(round)"))
            }
            usleep(300_000)
            // The first round fills what is kept from one to the next.
            guard round > 0 else { continue }
            byAPI.append(served.route / .milliseconds(1))
            byKubectl.append(kubectl.route / .milliseconds(1))
            alone.append(kubectl.change / .milliseconds(1))
            processor.append(cost / .milliseconds(1))
        }
        return String(
            format: "%9d   %5.1f s (%.1f s)   %5.0f (%.0f) ms   %5.0f ms   %5.1f ms   %3.0f MB",
            size,
            synced / .seconds(1),
            parse / .seconds(1),
            Sample(byKubectl).median,
            Sample(alone).median,
            Sample(byAPI).median,
            Sample(processor).median,
            postern.residentMemory
        )
    }

    /// How long it takes from the start of a change until nginx leads to where it says, and until the change is done.
    private static func time(
        until appRoot: String,
        of number: Int,
        on postern: PosternProcess,
        change: @escaping @Sendable () async throws -> Void
    ) async throws -> (route: Duration, change: Duration) {
        let request = LoopbackRequest(port: postern.httpPort, host: FilledCluster.host(number))
        let start = ContinuousClock.now
        async let changed = {
            try await change()
            return ContinuousClock.now - start
        }()
        while !(request.send()?.contains("\(appRoot)\r\n") ?? false) {
            guard ContinuousClock.now - start < .seconds(120) else { throw BenchmarkError.late("a new route") }
            try await Task.sleep(for: .milliseconds(2))
        }
        return (ContinuousClock.now - start, try await changed)
    }
}
