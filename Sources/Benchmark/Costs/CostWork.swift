import IngressTranslation
import KubernetesModel
import NginxRendering

/// The work whose instructions are counted, in the order of ``parts``.
enum CostWork {
    /// Two sizes of each shape, and a host of so many paths that its locations are remembered; without certificates,
    /// whose keys cost more or less by chance.
    static let parts = ClusterShape.allCases.filter { $0 != .certificates }.flatMap { shape in
        (shape == .paths ? [8, 32, 128] : [8, 32]).map { (shape: shape, ingresses: $0) }
    }
    /// How often one Ingress changes.
    static let turns = 10

    static func run() throws {
        // To check the templates takes longer than all else.
        let renderer = try RenderingBenchmark.renderer()
        // Fills the tables that are made once.
        _ = try translated(.settings, ingresses: 1, by: renderer)
        for part in parts {
            let snapshot = try translated(part.shape, ingresses: part.ingresses, by: renderer)
            _ = try RenderingBenchmark.changes(of: snapshot, by: renderer, turns: turns) { isCounted in
                if isCounted { CostMark.begin() } else { CostMark.end() }
            }
        }
    }

    private static func translated(
        _ shape: ClusterShape,
        ingresses: Int,
        by renderer: ConfigurationRenderer
    ) throws -> ClusterSnapshot {
        let snapshot = try ShapedCluster(shape, ingresses: ingresses).snapshot
        let settings = try RenderingBenchmark.settings()
        CostMark.begin()
        let translation = translate(snapshot, with: settings)
        _ = renderer.render(translation.configuration)
        CostMark.end()
        try ShapedCluster.check(translation)
        return snapshot
    }
}

/// Functions that callgrind knows by their mangled names: it counts what is between a call of the one and one of the other.
enum CostMark {
    @inline(never)
    static func begin() { withExtendedLifetime(0) {} }

    @inline(never)
    static func end() { withExtendedLifetime(1) {} }
}
