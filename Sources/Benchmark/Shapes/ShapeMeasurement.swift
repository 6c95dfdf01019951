import Foundation
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
    /// The same after an endpoint changed.
    var endpoints = 0.0
    /// The same after an Ingress went or came.
    var coming = 0.0
    /// The memory of the process after all these changes, with the cluster's objects and what they come to.
    var memory = 0.0
    /// The most that it ever held.
    var peak = 0.0
    /// Of the configuration.
    var bytes = 0
    /// Of `nginx -t`; `nil` where there is no nginx.
    var nginx: Double?
    /// The most that `nginx -t` held; a worker holds about as much.
    var nginxMemory: Double?

    var together: Double { translate + render }

    /// Measures in this process, whose memory is then the cluster's.
    ///
    /// - Parameter folder: Where the generation is written, if anywhere.
    init(_ shape: ClusterShape, ingresses: Int, writingTo folder: URL? = nil) throws {
        self.shape = shape.rawValue
        self.ingresses = ingresses
        var cluster = try measure(ShapedCluster(shape, ingresses: ingresses))
        let start = ContinuousClock.now
        translate = RenderingBenchmark.processorTime { cluster.translate() }
        render = RenderingBenchmark.processorTime { cluster.render() }
        wall = (ContinuousClock.now - start) / .seconds(1)
        try ShapedCluster.check(cluster.translation)
        if let folder { try NginxTest.write(cluster.generation, to: folder) }
        bytes = cluster.generation.files.first { $0.path == "nginx.conf" }?.content.bytes.count ?? 0
        let changes = ShapeChanges(&cluster)
        (change, endpoints, coming) = (changes.ingress, changes.endpoints, changes.coming)
        memory = ProcessMemory.resident(of: getpid())
        peak = ProcessUsage.current.peakMemory
    }

    private mutating func measure(_ cluster: ShapedCluster) throws -> RenderedCluster {
        read = cluster.reading
        return try RenderedCluster(cluster.snapshot, by: RenderingBenchmark.renderer())
    }

    /// Measures in a process of its own, and nginx beside it: a child of a large process counts that one's memory as its own.
    static func ofChild(_ shape: ClusterShape, ingresses: Int) throws -> ShapeMeasurement {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-benchmark-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = try ChildProgram.output(of: ["shape", shape.rawValue, "\(ingresses)", folder.path])
        var result = try JSONDecoder().decode(ShapeMeasurement.self, from: Data(output.utf8))
        let usage = try NginxTest.usage(of: folder)
        result.nginx = usage?.processorTime
        // What nginx holds of a small cluster is less than what this program does.
        result.nginxMemory = usage.flatMap { $0.peakMemory > ProcessUsage.current.peakMemory ? $0.peakMemory : nil }
        return result
    }

    func print() throws {
        Swift.print(String(decoding: try JSONEncoder().encode(self), as: UTF8.self))
    }
}
