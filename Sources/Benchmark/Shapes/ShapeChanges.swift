import IngressTranslation
import KubernetesModel
import NginxRendering

/// What one changed object takes, in seconds of processor time, with all that a controller keeps from one to the next.
struct ShapeChanges {
    /// An annotation of an Ingress changes.
    private(set) var ingress = 0.0
    /// An endpoint of a Service changes.
    private(set) var endpoints = 0.0
    /// An Ingress goes or comes.
    private(set) var coming = 0.0

    private static let turns = 12

    init(_ cluster: inout RenderedCluster) {
        let (ingresses, slices) = (cluster.snapshot.ingresses.count, cluster.snapshot.endpointSlices.count)
        ingress = Self.median(&cluster) { snapshot, turn in
            snapshot.changeIngress((turn * 7 + 3) % ingresses, turn)
        }
        endpoints = Self.median(&cluster) { snapshot, turn in
            snapshot.endpointSlices[(turn * 7 + 3) % slices].endpoints[0].addresses = ["10.9.\(turn).1"]
        }
        // Neither the oldest of its host nor the last of the list.
        let (index, other) = (ingresses / 2, cluster.snapshot.ingresses[ingresses / 2])
        coming = Self.median(&cluster) { snapshot, turn in
            if turn % 2 == 0 {
                snapshot.ingresses.remove(at: index)
            } else {
                snapshot.ingresses.insert(other, at: index)
            }
        }
    }

    private static func median(
        _ cluster: inout RenderedCluster,
        _ change: (inout ClusterSnapshot, _ turn: Int) -> Void
    ) -> Double {
        Sample(
            (0..<turns).map { turn in
                change(&cluster.snapshot, turn)
                return RenderingBenchmark.processorTime { cluster.update() }
            }
        ).median
    }
}

extension ClusterSnapshot {
    /// Changes what one Ingress says of its own paths.
    mutating func changeIngress(_ index: Int, _ turn: Int) {
        ingresses[index].metadata.annotations["nginx.ingress.kubernetes.io/proxy-read-timeout"] = "\(100 + turn)"
    }
}

/// A cluster and what it comes to, as a controller keeps them.
struct RenderedCluster {
    var snapshot: ClusterSnapshot
    private(set) var generation: Generation
    private(set) var translation: Translation
    private let settings: TranslationSettings
    private let renderer: ConfigurationRenderer
    private var known = TranslationCache()
    private var rendered = RenderingCache()

    /// Begins with what an empty cluster comes to.
    init(_ snapshot: ClusterSnapshot, by renderer: ConfigurationRenderer) throws {
        settings = try RenderingBenchmark.settings()
        self.renderer = renderer
        self.snapshot = snapshot
        // Fills the tables that are made once.
        translation = IngressTranslation.translate(ClusterSnapshot(), with: settings)
        generation = renderer.render(translation.configuration)
    }

    mutating func update() {
        translate()
        render()
    }

    mutating func translate() {
        translation = IngressTranslation.translate(snapshot, with: settings, cache: &known)
    }

    mutating func render() { generation = renderer.render(translation.configuration, cache: &rendered) }
}
