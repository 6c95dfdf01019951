import KubernetesModel
import Synchronization

/// The Secrets of which more is kept than the name, as whoever reads them asks on the way.
final class NamedSecrets: Sendable {
    /// The use that an Ingress has for a Secret, which decides how much of it is kept.
    enum Use: Sendable, Hashable {
        case certificate
        /// The names of its keys are those of users.
        case passwords
    }

    /// Those that no Ingress needs to name.
    private let always: Set<NamespacedName>
    private let uses: Mutex<[NamespacedName: Use]>

    init(always: Set<NamespacedName>) {
        self.always = always
        uses = Mutex(Dictionary(uniqueKeysWithValues: always.map { ($0, .certificate) }))
    }

    var all: Set<NamespacedName> { uses.withLock { Set($0.keys) } }

    /// `nil` for a Secret that is not named.
    func use(of name: NamespacedName) -> Use? { uses.withLock { $0[name] } }

    /// Takes those that Ingresses name now.
    ///
    /// Returns the Secrets of which no more is to be kept than before; `nil` where nothing is another.
    func replace(with named: [NamespacedName: Use]) -> Set<NamespacedName>? {
        let new = named.merging(always.map { ($0, .certificate) }) { use, _ in use }
        return uses.withLock { uses in
            guard uses != new else { return nil }
            defer { uses = new }
            return Set(new.filter { $0.value == .certificate || uses[$0.key] == .passwords }.keys)
        }
    }
}
