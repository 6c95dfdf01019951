import Diagnostics
import KubernetesModel

/// The ports for TCP and UDP, which ConfigMaps of ingress-nginx lead to Services.
enum PortInventory {
    static func items(of setup: OldSetup, in snapshot: ClusterSnapshot) -> [MigrationItem] {
        setup.controllers.flatMap { controller in
            ["tcp", "udp"].flatMap { kind -> [MigrationItem] in
                guard let map = map(kind, of: controller, in: snapshot) else { return [] }
                return map.data.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }.map { port, target in
                    let place = MigrationPlace(
                        object: map.reference?.description ?? "\(map.namespacedName)",
                        position: map.metadata.source?.position(of: "data[\(port)]")
                    )
                    return item(kind.uppercased(), port, target, at: place)
                }
            }
        }
    }

    /// One port, which nobody serves here.
    static func item(_ kind: String, _ port: String, _ target: String, at place: MigrationPlace) -> MigrationItem {
        // What follows the Service says where the PROXY protocol is spoken.
        let service = target.split(separator: ":", omittingEmptySubsequences: false).prefix(2).joined(separator: ":")
        return MigrationItem(
            name: "\(kind) \(port.excerpt)",
            opinion: MigrationOpinion(
                verdict: .missing,
                reason: "it leads to '\(service.excerpt)', and Postern serves no ports for \(kind)",
                advice: "publish that Service by one of type LoadBalancer, or keep ingress-nginx for this port"
            ),
            places: [place]
        )
    }

    /// The ConfigMap that a controller's flag names; `nil` where there is none.
    static func map(_ kind: String, of controller: OldController, in snapshot: ClusterSnapshot) -> ConfigMap? {
        let name = controller.value(of: "\(kind)-services-configmap").flatMap { NamespacedName($0) }
        return name.flatMap { name in snapshot.configMaps.first { $0.namespacedName == name } }
    }
}
