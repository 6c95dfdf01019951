import KubernetesModel

/// All classes, with the ConfigMaps that ours of them name.
struct IngressClasses: Hashable {
    let all: [IngressClass]
    private var configMaps: [NamespacedName: ConfigMap] = [:]

    init(_ snapshot: ClusterSnapshot, _ rules: ClassRules) {
        all = snapshot.ingressClasses
        let named = Set(all.compactMap(rules.parameters))
        guard !named.isEmpty else { return }
        for map in snapshot.configMaps where named.contains(map.namespacedName) { configMaps[map.namespacedName] = map }
    }

    /// The ConfigMap of this name, if it is there.
    func configMap(_ name: NamespacedName) -> ConfigMap? { configMaps[name] }
}
