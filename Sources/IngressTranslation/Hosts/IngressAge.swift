package import KubernetesModel

/// The order in which Ingresses win conflicts.
struct IngressAge: Sendable, Hashable {
    /// One without a timestamp is younger than all that have one.
    private let time: Int64
    /// Compared as one text, because ingress-nginx does: "a-b/c" and "a/c" order by '-' and '/'.
    private let name: String

    init(_ ingress: Ingress) {
        time = ingress.metadata.creationTimestamp ?? .max
        name = ingress.namespacedName.description
    }

    /// The oldest wins, and of two of one age the one with the larger `namespace/name`, as in ingress-nginx.
    func wins(over other: IngressAge) -> Bool {
        time == other.time ? name > other.name : time < other.time
    }
}

extension [Ingress] {
    /// The Ingresses in the order in which they win conflicts.
    package var oldestFirst: [Ingress] {
        map { (age: IngressAge($0), ingress: $0) }.sorted { $0.age.wins(over: $1.age) }.map(\.ingress)
    }
}
