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

    private var sortKey: (String, Int) {
        switch self {
        case .any: ("", 0)
        case .name(let name): (name.value, 1)
        case .wildcard(let parent): (parent.value, 2)
        }
    }
}
