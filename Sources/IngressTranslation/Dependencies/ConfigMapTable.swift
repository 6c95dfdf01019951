import KubernetesModel

/// The ConfigMaps that annotations may name.
struct ConfigMapTable {
    private var configMaps: [NamespacedName: ConfigMap] = [:]
    /// Those that are there and cannot be read.
    private var refused: Set<NamespacedName> = []
    private let assumesMissingObjects: Bool

    init(_ settings: TranslationSettings) {
        assumesMissingObjects = settings.assumesMissingObjects
    }

    /// Takes changes; returns the ConfigMaps that have come, gone or changed.
    mutating func apply(_ changes: ObjectChanges<ConfigMap>, refused: Set<NamespacedName>) -> Set<NamespacedName> {
        var changed = self.refused.symmetricDifference(refused)
        self.refused = refused
        for map in changes.gone {
            configMaps[map.namespacedName] = nil
            changed.insert(map.namespacedName)
        }
        for map in changes.come {
            configMaps[map.namespacedName] = map
            changed.insert(map.namespacedName)
        }
        return changed
    }

    func configMap(_ name: NamespacedName) throws(ObjectAbsence) -> ConfigMap {
        if let map = configMaps[name] { return map }
        throw refused.contains(name) ? .unreadable : assumesMissingObjects ? .assumed : .missing
    }
}
