import KubernetesModel

/// Which Secrets are to be read for themselves, because they are named and their names are known alone.
struct SecretLookups: Sendable {
    /// With the version in which each is known.
    private(set) var wanted: [NamespacedName: UInt64?] = [:]
    /// In which version a Secret was read, which may hold nothing of use.
    private var read: [NamespacedName: UInt64?] = [:]
    /// Those that could not be read, and that nobody waits for.
    private var failed: Set<NamespacedName> = []

    /// Whether one is to be waited for.
    var isAwaited: Bool { wanted.keys.contains { !failed.contains($0) } }

    /// Takes all that may have to be read now.
    mutating func want(_ secrets: [NamespacedName: UInt64?]) {
        wanted = secrets.filter { name, version in read[name] != .some(version) }
        read = read.filter { secrets[$0.key] != nil }
        failed.formIntersection(wanted.keys)
    }

    /// Takes note that a Secret has been read in a version, or is gone.
    mutating func take(_ name: NamespacedName, in version: UInt64?) {
        wanted.removeValue(forKey: name)
        read.updateValue(version, forKey: name)
        failed.remove(name)
    }

    mutating func fail(_ name: NamespacedName) { failed.insert(name) }
}
