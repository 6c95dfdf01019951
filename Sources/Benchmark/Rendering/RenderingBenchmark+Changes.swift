import KubernetesModel
import NginxRendering

extension RenderingBenchmark {
    /// What one changed Ingress takes, in milliseconds of processor time.
    ///
    /// Another one changes each time, with what the time before has found at hand.
    ///
    /// - Parameter counting: Is called before and after what is measured.
    static func changes(
        of snapshot: ClusterSnapshot,
        by renderer: ConfigurationRenderer? = nil,
        turns: Int = 20,
        counting: (_ isCounted: Bool) -> Void = { _ in }
    ) throws -> [Double] {
        var cluster = try RenderedCluster(snapshot, by: renderer ?? Self.renderer())
        cluster.update()
        counting(true)
        defer { counting(false) }
        return (0..<turns).map { turn in
            cluster.snapshot.changeIngress((turn * 7 + 3) % snapshot.ingresses.count, turn)
            return processorTime { cluster.update() } * 1_000
        }
    }
}
