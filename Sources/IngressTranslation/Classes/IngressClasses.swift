import KubernetesModel

extension Ingress {
    static let classAnnotation = "kubernetes.io/ingress.class"

    /// The class that it names, in either way.
    fileprivate var className: String? { ingressClassName ?? metadata.annotations[Self.classAnnotation] }
}

/// All classes, with the ConfigMaps that ours of them name and the one that holds for all Ingresses.
struct IngressClasses: Hashable {
    let all: [IngressClass]
    /// Classes that the input lacks and that are taken for ours.
    let assumed: Set<String>
    private var configMaps: [NamespacedName: ConfigMap] = [:]

    init(_ snapshot: ClusterSnapshot, _ settings: TranslationSettings) {
        let rules = settings.classes
        all = snapshot.ingressClasses
        assumed = settings.assumesMissingObjects ? Self.assumed(snapshot, rules) : []
        let named = Set(all.compactMap(rules.parameters) + [settings.globalConfigMap].compactMap(\.self))
        guard !named.isEmpty else { return }
        for map in snapshot.configMaps where named.contains(map.namespacedName) { configMaps[map.namespacedName] = map }
        guard let global = settings.globalConfigMap.flatMap(configMap) else { return }
        let nested = Set(NamedConfigMaps.named(in: global))
        for map in snapshot.configMaps where nested.contains(map.namespacedName) {
            configMaps[map.namespacedName] = map
        }
    }

    /// Only where nothing in the input is ours by its class may the class be one that it lacks.
    private static func assumed(_ snapshot: ClusterSnapshot, _ rules: ClassRules) -> Set<String> {
        guard !snapshot.ingressClasses.contains(where: rules.isOurs) else { return [] }
        guard !snapshot.ingresses.contains(where: { $0.className == rules.ingressClass }) else { return [] }
        return Set(snapshot.ingresses.compactMap(\.ingressClassName))
            .subtracting(snapshot.ingressClasses.map(\.metadata.name)).subtracting(OtherClasses.names)
    }

    /// The ConfigMap of this name, if it is there.
    func configMap(_ name: NamespacedName) -> ConfigMap? { configMaps[name] }
}

/// Names that the classes of other controllers usually have.
///
/// Manifests often name such a class beside ours without the IngressClass itself.
enum OtherClasses {
    static let names: Set<String> = [
        "alb", "ambassador", "apisix", "application-gateway", "avi-lb", "azure-application-gateway",
        "azure-alb-external", "caddy", "cce", "cilium", "cloud", "cloudflare-tunnel", "contour", "emissary-ingress",
        "f5", "f5-nginx", "gce", "gce-internal", "gclb", "gloo", "haproxy", "haproxy-ingress", "higress", "istio",
        "kong", "kourier", "kusk", "merbridge", "ngrok", "openshift-default", "openshift-public", "pomerium",
        "skipper", "tailscale", "traefik", "traefik-external", "traefik-internal", "traefik-lb", "tyk", "voyager",
        "webapprouting.kubernetes.azure.com", "yandex-alb",
    ]
}
