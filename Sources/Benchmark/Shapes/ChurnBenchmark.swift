import Foundation
import IngressTranslation
import KubernetesModel

/// Changes a cluster in memory thousands of times, and fails where the process grows.
///
/// Annotations, endpoints and certificates change, and Ingresses go with their Services and Secrets while others come that
/// have new names and hosts: whatever is kept by the name of an object has to go with it.
enum ChurnBenchmark {
    private static let shapes: [ClusterShape] = [.plain, .paths, .settings, .certificates]
    /// After so many changes all is there that is kept.
    private static let first = 400
    /// In MiB: what the pieces into which memory falls make of one that stays the same.
    private static let tolerance = 12.0

    static func run(_ numbers: [Int]) throws {
        let (ingresses, changes) = (numbers.first ?? 2_000, numbers.dropFirst().first ?? 4_000)
        print("shape         ingresses  changes  memory in MB after \(first), and after each tenth of all")
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
        let curve = try (1...10).map { tenth in
            for _ in (changes * (tenth - 1) / 10)..<(changes * tenth / 10) { try churn.change() }
            return ProcessMemory.resident(of: getpid())
        }
        print(
            shape.rawValue.padding(toLength: 14, withPad: " ", startingAt: 0)
                + String(format: "%9d %8d %10.1f  ", ingresses, changes, before)
                + curve.map { String(format: " %5.1f", $0) }.joined()
        )
        guard curve.allSatisfy({ $0 < before + tolerance }) else {
            throw BenchmarkError.failed("\(shape.rawValue): memory grows")
        }
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
        // What each says from its first change on it says from the start: else the cluster itself would grow.
        for index in cluster.snapshot.ingresses.indices { cluster.snapshot.changeIngress(index, 0) }
        cluster.update()
    }

    mutating func change() throws {
        turn += 1
        switch turn % 4 {
        case 0: cluster.snapshot.changeIngress(turn * 7 % cluster.snapshot.ingresses.count, turn)
        case 1: changeEndpoint()
        case 2: if cluster.snapshot.secrets.isEmpty { changeEndpoint() } else { try renew() }
        default: try exchange()
        }
        cluster.update()
        try ShapedCluster.check(cluster.translation)
    }

    private mutating func changeEndpoint() {
        let index = turn * 7 % cluster.snapshot.endpointSlices.count
        cluster.snapshot.endpointSlices[index].endpoints[0].addresses = ["10.9.\(turn / 250 % 250).\(turn % 250)"]
    }

    /// Gives a Secret another certificate for the same host, as each comes by its turn.
    private mutating func renew() throws {
        let (oldest, count) = (next - cluster.snapshot.ingresses.count, cluster.snapshot.ingresses.count)
        let number = oldest + turn * 7 % count
        let new = try ShapedCluster(shape, numbers: number..<number + 1).snapshot.secrets
        for secret in new {
            guard
                let index = cluster.snapshot.secrets.firstIndex(where: { $0.namespacedName == secret.namespacedName })
            else { throw BenchmarkError.failed("there is no Secret \(secret.namespacedName)") }
            cluster.snapshot.secrets[index] = secret
        }
    }

    /// The oldest goes, and a new one comes.
    private mutating func exchange() throws {
        let oldest = next - cluster.snapshot.ingresses.count
        let new = try ShapedCluster(shape, numbers: next..<next + 1).snapshot
        let old = try ShapedCluster(shape, numbers: oldest..<oldest + 1).snapshot
        Self.exchange(\.ingresses, of: &cluster.snapshot, old, new)
        cluster.snapshot.changeIngress(cluster.snapshot.ingresses.count - 1, 0)
        Self.exchange(\.services, of: &cluster.snapshot, old, new)
        Self.exchange(\.endpointSlices, of: &cluster.snapshot, old, new)
        Self.exchange(\.secrets, of: &cluster.snapshot, old, new)
        next += 1
    }

    private static func exchange<Object: KubernetesObject>(
        _ kind: WritableKeyPath<ClusterSnapshot, [Object]>,
        of snapshot: inout ClusterSnapshot,
        _ old: ClusterSnapshot,
        _ new: ClusterSnapshot
    ) {
        let gone = Set(old[keyPath: kind].map(\.namespacedName))
        snapshot[keyPath: kind].removeAll { gone.contains($0.namespacedName) }
        snapshot[keyPath: kind] += new[keyPath: kind]
    }
}
