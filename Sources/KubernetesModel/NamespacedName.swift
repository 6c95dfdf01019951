package import Diagnostics

/// A namespace and a name: how one object names another.
package struct NamespacedName: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var namespace: String
    package var name: String

    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }

    /// Parses `namespace/name`, the form that command-line options and annotations use.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(namespace: String(parts[0]), name: String(parts[1]))
    }

    package var description: String { "\(namespace)/\(name)" }

    package static func < (left: Self, right: Self) -> Bool {
        (left.namespace, left.name) < (right.namespace, right.name)
    }
}

extension ObjectReference {
    /// Returns `nil` for a name that Kubernetes does not allow.
    package init?(kind: String, _ name: NamespacedName) {
        self.init(kind: kind, namespace: name.namespace, name: name.name)
    }
}
