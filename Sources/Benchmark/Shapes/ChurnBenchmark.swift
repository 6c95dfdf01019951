import Foundation
import IngressTranslation
import KubernetesModel

/// Changes a cluster in memory thousands of times, and fails where the process grows.
///
/// Annotations and endpoints change, and Ingresses go with their Services while others come that have new names and hosts:
/// whatever is kept by the name of an object has to go with it.
enum ChurnBenchmark {
    private static let shapes: [ClusterShape] = [.plain, .paths, .settings]
    /// After so many changes all is there that is kept.
    private static let first = 400
    /// In MiB: what the pieces into which memory falls make of one that stays the same.
    private static let tolerance = 12.0

    static func run(_ numbers: [Int]) throws {
        let (ingresses, changes) = (numbers.first ?? 2_000, numbers.dropFirst().first ?? 4_000)
        print("shape       ingresses  changes  memory after \(first)  after all")
        fflush(nil)
        for shape in shapes {
            let arguments = ["churn", shape.rawValue, "\(ingresses)", "\(changes)"]
            print(try ChildProgram.output(of: arguments), terminator: "")
            fflush(nil)
        }
    }

    /// Measures in this process.
    static func run(_ shape: ClusterShape, _ ingresses: Int, _ changes: Int) throws {
        var churn = try Churn(shape, ingresses: ingresses)
        for _ in 0..<first { try churn.change() }
        let before = ProcessMemory.resident(of: getpid())
        for _ in 0..<changes { try churn.change() }
        let after = ProcessMemory.resident(of: getpid())
        print(
            shape.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
                + String(format: "%9d %8d %13.1f MB %7.1f MB", ingresses, changes, before, after)
        )
        guard after < before + tolerance else { throw BenchmarkError.failed("\(shape.rawValue): memory grows") }
    }
}

/// A cluster that always has as many Ingresses.
private struct Churn {
    private let shape: ClusterShape
    private var cluster: RenderedCluster
    private var turn = 0
    /// The number of the Ingress that comes next.
    private var next: Int

    init(_ shape: ClusterShape, ingresses: Int) throws {
        self.shape = shape
        next = ingresses
        cluster = try RenderedCluster(
            ShapedCluster(shape, ingresses: ingresses).snapshot,
            by: RenderingBenchmark.renderer()
        )
        cluster.update()
    }

    mutating func change() throws {
        turn += 1
        switch turn % 4 {
        case 0: cluster.snapshot.changeIngress(turn * 7 % cluster.snapshot.ingresses.count, turn)
        case 1, 2:
            let index = turn * 7 % cluster.snapshot.endpointSlices.count
            cluster.snapshot.endpointSlices[index].endpoints[0].addresses = ["10.9.\(turn / 250 % 250).\(turn % 250)"]
        default: try exchange()
        }
        cluster.update()
        try ShapedCluster.check(cluster.translation)
    }

    /// The oldest goes, and a new one comes.
    private mutating func exchange() throws {
        let oldest = next - cluster.snapshot.ingresses.count
        let new = try ShapedCluster(shape, numbers: next..<next + 1).snapshot
        let old = try ShapedCluster(shape, numbers: oldest..<oldest + 1).snapshot
        let gone = Set(old.ingresses.map(\.namespacedName))
        let (services, slices) = (
            Set(old.services.map(\.namespacedName)), Set(old.endpointSlices.map(\.namespacedName))
        )
        cluster.snapshot.ingresses.removeAll { gone.contains($0.namespacedName) }
        cluster.snapshot.services.removeAll { services.contains($0.namespacedName) }
        cluster.snapshot.endpointSlices.removeAll { slices.contains($0.namespacedName) }
        cluster.snapshot.ingresses += new.ingresses
        cluster.snapshot.services += new.services
        cluster.snapshot.endpointSlices += new.endpointSlices
        next += 1
    }
}
