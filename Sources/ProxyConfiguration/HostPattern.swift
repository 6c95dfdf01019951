package import NginxSyntax

/// The hosts that a server answers for.
package enum HostPattern: Sendable, Hashable, Comparable {
    /// Every host that no other server names.
    case any
    case name(HostName)
    /// Every host with exactly one label before this name: `*.` in the Ingress specification.
    case wildcard(under: HostName)

    /// As an Ingress writes it: `*.example.org`; `*` for any.
    package var text: String {
        switch self {
        case .any: "*"
        case .name(let name): name.value
        case .wildcard(let parent): "*." + parent.value
        }
    }

    /// By name, with a wildcard behind its parent's own name; `any` comes first.
    package static func < (left: Self, right: Self) -> Bool { left.sortKey < right.sortKey }

    var sortKey: SortKey {
        switch self {
        case .any: SortKey(name: "", kind: .any)
        case .name(let name): SortKey(name: name.value, kind: .name)
        case .wildcard(let parent): SortKey(name: parent.value, kind: .wildcard)
        }
    }

    /// The sort key of hosts; also of names that no server can have.
    struct SortKey: Hashable, Comparable {
        enum Kind: Int {
            case any
            case name
            case wildcard
        }

        var name: String
        var kind: Kind

        static func < (left: Self, right: Self) -> Bool {
            (left.name, left.kind.rawValue) < (right.name, right.kind.rawValue)
        }
    }
}
