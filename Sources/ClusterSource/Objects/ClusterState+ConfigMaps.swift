import KubernetesModel

extension ClusterState {
    /// The ConfigMaps that are named, with the need for each.
    func configMaps(_ names: NamedObjects) -> [NamespacedName: ObjectNeed] {
        var needs: [NamespacedName: ObjectNeed] = [:]
        let reach = names.globalConfigMap.flatMap(configMap)?.reach ?? .own
        for ingress in ingresses.objects {
            for name in names.configMaps(ingress, reach) { needs[name] = .whereReadable }
        }
        for name in classes.compactMap(names.parameters) { needs[name] = .unlessForbidden }
        for name in names.streamConfigMaps { needs[name] = .unlessForbidden }
        guard let name = names.globalConfigMap else { return needs }
        for nested in configMap(name).map(names.nestedConfigMaps) ?? [] {
            needs[nested] = max(needs[nested] ?? .whereReadable, .unlessForbidden)
        }
        needs[name] = .always
        return needs
    }
}
