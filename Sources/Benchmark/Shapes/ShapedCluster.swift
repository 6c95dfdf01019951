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

    /// Reads it piece by piece, so that its text takes no memory to speak of.
    init(_ shape: ClusterShape, ingresses: Int) throws {
        snapshot.ingressClasses = [
            IngressClass(metadata: ObjectMetadata(name: "nginx"), controller: ClassRules.ingressNginx)
        ]
        for start in stride(from: 0, to: ingresses, by: 100) {
            let numbers = start..<min(start + 100, ingresses)
            let text = try numbers.map { try shape.manifests(of: $0) }.joined()
            var part = ClusterSnapshot()
            reading += RenderingBenchmark.processorTime {
                part = ManifestReader().read([ManifestFile(name: "cluster-\(start).yaml", text: text)]).snapshot
            }
            snapshot.ingresses += part.ingresses
            snapshot.services += part.services
            snapshot.endpointSlices += part.endpointSlices
            snapshot.secrets += part.secrets
        }
    }

    /// Fails where something is wrong with what it asks for: it would be measured too cheap.
    static func check(_ translation: Translation) throws {
        guard let finding = translation.diagnostics.first(where: { $0.severity != .note }) else { return }
        throw BenchmarkError.failed(finding.text)
    }
}
