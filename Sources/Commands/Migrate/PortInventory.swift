import Diagnostics
import KubernetesModel

/// The ports for TCP and UDP, which ConfigMaps of ingress-nginx lead to Services.
enum PortInventory {
    static func items(
        of setup: OldSetup,
        in snapshot: ClusterSnapshot,
        findings: FindingTable
    ) -> [MigrationItem] {
        setup.controllers.flatMap { controller in
            ["tcp", "udp"].flatMap { kind -> [MigrationItem] in
                guard let map = map(kind, of: controller, in: snapshot) else { return [] }
                let common = findings[map.reference, ""]
                return map.data.keys.sorted { ($0.count, $0) < ($1.count, $1) }.map { port in
                    let place = MigrationPlace(
                        object: map.reference?.description ?? "\(map.namespacedName)",
                        position: map.metadata.source?.position(of: "data[\(port)]")
                    )
                    return MigrationItem(
                        name: "\(kind.uppercased()) \(port.excerpt)",
                        opinion: opinion(common + findings[map.reference, "data[\(port)]"]),
                        places: [place]
                    )
                }
            }
        }
    }

    /// It is served as findings about it say: nothing else is different.
    private static func opinion(_ findings: [Diagnostic]) -> MigrationOpinion {
        let worst = findings.max { $0.migrationVerdict < $1.migrationVerdict }
        guard let worst, worst.migrationVerdict > .identical else { return .identical }
        return MigrationOpinion(verdict: worst.migrationVerdict, reason: worst.message, advice: worst.hint)
    }

    /// The ConfigMap that a controller's flag names; `nil` where there is none.
    private static func map(_ kind: String, of controller: OldController, in snapshot: ClusterSnapshot) -> ConfigMap? {
        let name = controller.value(of: "\(kind)-services-configmap").flatMap { NamespacedName($0) }
        return name.flatMap { name in snapshot.configMaps.first { $0.namespacedName == name } }
    }
}
