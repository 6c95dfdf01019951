import IngressTranslation
import KubernetesModel

/// The name of the global ConfigMap.
let globalName = NamespacedName(namespace: "postern", name: "global")

func globalConfigMap(_ data: [String: String]) -> ConfigMap {
    ConfigMap(metadata: metadata("postern/global"), data: data)
}

/// A translation of Ingresses beside a global ConfigMap; the Services are those of the other ``translated``.
func translated(
    _ ingresses: [Ingress],
    global: [String: String],
    configMaps: [ConfigMap] = [],
    secrets: [Secret] = []
) throws -> Translation {
    let names = ["shop/web", "shop/api", "shop/other", "blog/web"]
    var snapshot = snapshot(
        ingresses,
        services: names.map { service($0) },
        slices: names.enumerated().map { slice($1, ["10.0.0.\($0 + 1)"]) },
        secrets: secrets
    )
    snapshot.configMaps = [globalConfigMap(global)] + configMaps
    return translate(snapshot, with: try settings { $0.globalConfigMap = globalName })
}
