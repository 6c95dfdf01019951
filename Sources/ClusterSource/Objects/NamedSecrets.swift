import KubernetesModel
import Synchronization

/// The Secrets of which more is kept than the name, as whoever reads them asks on the way.
final class NamedSecrets: Sendable {
    /// Those that no Ingress needs to name.
    private let always: Set<NamespacedName>
    private let names: Mutex<Set<NamespacedName>>

    init(always: Set<NamespacedName>) {
        self.always = always
        names = Mutex(always)
    }

    var all: Set<NamespacedName> { names.withLock { $0 } }

    func contains(_ name: NamespacedName) -> Bool { names.withLock { $0.contains(name) } }

    /// Takes those that Ingresses name now; returns whether they are others than before.
    func replace(with named: Set<NamespacedName>) -> Bool {
        let all = named.union(always)
        return names.withLock { names in
            defer { names = all }
            return names != all
        }
    }
}
