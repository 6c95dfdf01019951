import Foundation
import IngressTranslation
import KubernetesModel
import NginxRendering

/// The cost of one cluster: seconds of processor time, but for `wall`, and memory in MiB.
struct ShapeMeasurement: Codable {
    var shape: String
    var ingresses: Int
    var read = 0.0
    var translate = 0.0
    var render = 0.0
    /// Translation and rendering by the clock.
    var wall = 0.0
    /// Both again after one Ingress changed, with all that is kept from one to the next.
    var change = 0.0
    var memory = 0.0
    /// Of the configuration.
    var bytes = 0
    /// Of `nginx -t`; `nil` where there is no nginx.
    var nginx: Double?
    /// The most that `nginx -t` held; a worker holds about as much.
    var nginxMemory: Double?

    var together: Double { translate + render }

    /// Measures in this process, whose memory is then the cluster's.
    init(_ shape: ClusterShape, ingresses: Int) throws {
        self.shape = shape.rawValue
        self.ingresses = ingresses
        let cluster = try ShapedCluster(shape, ingresses: ingresses)
        read = cluster.reading
        let (settings, renderer) = (try RenderingBenchmark.settings(), try RenderingBenchmark.renderer())
        var translation = IngressTranslation.translate(ClusterSnapshot(), with: settings)
        var generation = renderer.render(translation.configuration)
        let start = ContinuousClock.now
        translate = RenderingBenchmark.processorTime {
            translation = IngressTranslation.translate(cluster.snapshot, with: settings)
        }
        render = RenderingBenchmark.processorTime { generation = renderer.render(translation.configuration) }
        wall = (ContinuousClock.now - start) / .seconds(1)
        try ShapedCluster.check(translation)
        bytes = generation.configurationText.utf8.count
        change = Sample(try RenderingBenchmark.changes(of: cluster.snapshot)).median / 1_000
        memory = ProcessUsage.current.peakMemory
        let test = try NginxTest.usage(of: generation)
        nginx = test?.processorTime
        nginxMemory = test?.peakMemory
    }

    /// Measures in a process of its own.
    static func ofChild(_ shape: ClusterShape, ingresses: Int) throws -> ShapeMeasurement {
        let output = try ChildProgram.output(of: ["shape", shape.rawValue, "\(ingresses)"])
        return try JSONDecoder().decode(ShapeMeasurement.self, from: Data(output.utf8))
    }

    func print() throws {
        Swift.print(String(decoding: try JSONEncoder().encode(self), as: UTF8.self))
    }
}
