import Diagnostics
import IngressTranslation
import KubernetesModel
import Manifests
import NginxRendering

/// A cluster of a shape and a size, as it is read.
struct ShapedCluster {
    private(set) var snapshot = ClusterSnapshot()
    /// Seconds of processor time that reading took.
    private(set) var reading = 0.0

    init(_ shape: ClusterShape, ingresses: Int) throws { try self.init(shape, numbers: 0..<ingresses) }

    /// Reads it piece by piece, so that its text takes no memory to speak of.
    init(_ shape: ClusterShape, numbers: Range<Int>) throws {
        snapshot.ingressClasses = [
            IngressClass(metadata: ObjectMetadata(name: "nginx"), controller: ClassRules.ingressNginx)
        ]
        for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 100) {
            let some = start..<min(start + 100, numbers.upperBound)
            let text = try some.map { try shape.manifests(of: $0) }.joined()
            var part = ClusterSnapshot()
            reading += RenderingBenchmark.processorTime {
                part = ManifestReader().read([ManifestFile(name: "cluster-\(start).yaml", text: text)]).snapshot
            }
            snapshot.ingresses += Self.withoutSource(part.ingresses, \.metadata)
            snapshot.services += Self.withoutSource(part.services, \.metadata)
            snapshot.endpointSlices += Self.withoutSource(part.endpointSlices, \.metadata)
            snapshot.secrets += Self.withoutSource(part.secrets, \.metadata)
        }
    }

    /// Objects as a cluster has them, where nothing has a place in a file.
    private static func withoutSource<Object>(
        _ objects: [Object],
        _ metadata: WritableKeyPath<Object, ObjectMetadata>
    ) -> [Object] {
        objects.map { object in
            var object = object
            object[keyPath: metadata].source = nil
            return object
        }
    }

    /// Fails where something is wrong with what it asks for: it would be measured too cheap.
    static func check(_ translation: Translation) throws {
        guard let finding = translation.diagnostics.first(where: { $0.severity != .note }) else { return }
        throw BenchmarkError.failed(finding.text)
    }
}
