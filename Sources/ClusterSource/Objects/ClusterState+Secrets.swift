import KubernetesModel

extension ClusterState {
    /// The Secrets that Ingresses name, of whatever class these are, and those that the global ConfigMap names.
    func namedSecrets(_ names: NamedObjects) -> [NamespacedName: NamedSecrets.Use] {
        let global = names.globalConfigMap.flatMap(configMap)
        let named = global?.namedSecrets ?? []
        let shared = Dictionary(named.map { ($0, NamedSecrets.Use.certificate) }) { use, _ in use }
        let reach = global?.reach ?? .own
        return ingresses.objects.reduce(into: shared) { uses, ingress in
            for name in ingress.namedSecrets(within: reach) where uses[name] == nil { uses[name] = .certificate }
            for name in ingress.passwordSecrets(within: reach) { uses[name] = .passwords }
        }
    }

    /// Forgets what all Secrets hold but some; returns whether there were any.
    mutating func stripSecrets(besides kept: Set<NamespacedName>) -> Bool {
        let idle = secrets.objects.filter { !$0.data.isEmpty && !kept.contains($0.namespacedName) }
        for secret in idle { secrets.strip(secret.namespacedName, to: secret.nameOnly) }
        return !idle.isEmpty
    }

    /// Those of some Secrets of which nothing is known but the name, with the version in which they were seen.
    func secretsToRead(among named: Set<NamespacedName>) -> [NamespacedName: UInt64?] {
        var result: [NamespacedName: UInt64?] = [:]
        for name in named {
            guard let (secret, version) = secrets.object(name), secret.data.isEmpty else { continue }
            result.updateValue(version, forKey: name)
        }
        return result
    }
}

extension ObjectTable {
    /// An object, and the version in which it is known.
    func object(_ name: NamespacedName) -> (object: Object, version: UInt64?)? {
        entries[name].flatMap { entry in entry.index.map { (objects[$0], entry.resourceVersion) } }
    }

    /// Puts a shorter form in the place of an object.
    mutating func strip(_ name: NamespacedName, to shorter: Object) {
        guard let entry = entries[name] else { return }
        _ = set(name, shorter, entry, isListed: true)
    }
}
