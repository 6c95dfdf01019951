/// The Kubernetes object that something came from.
///
/// A value can be printed anywhere: its initializer takes only what Kubernetes allows in names
/// (letters, digits, `-` and `.`, 253 of them), so it holds no syntax of nginx, of a shell or of a terminal.
package struct ObjectReference: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Thousands of lines have one: a copy costs one count.
    private final class Parts: Sendable {
        let kind: String
        let namespace: String
        let name: String

        init(_ kind: String, _ namespace: String, _ name: String) {
            (self.kind, self.namespace, self.name) = (kind, namespace, name)
        }
    }

    private let parts: Parts

    package var kind: String { parts.kind }
    /// Empty for objects that live in no namespace.
    package var namespace: String { parts.namespace }
    package var name: String { parts.name }

    /// Returns `nil` when a part holds a byte that no Kubernetes name may hold, or is longer than any,
    /// or `kind` or `name` is empty.
    package init?(kind: String, namespace: String = "", name: String) {
        guard !kind.isEmpty, !name.isEmpty else { return nil }
        guard Self.isPlain(kind), Self.isPlain(namespace), Self.isPlain(name) else { return nil }
        parts = Parts(kind, namespace, name)
    }

    /// `Ingress shop/web`, or `IngressClass nginx` for what lives in no namespace.
    package var description: String {
        namespace.isEmpty ? "\(kind) \(name)" : "\(kind) \(namespace)/\(name)"
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.parts === right.parts
            || left.name == right.name && left.namespace == right.namespace && left.kind == right.kind
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(namespace)
        hasher.combine(name)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.kind, left.namespace, left.name) < (right.kind, right.namespace, right.name)
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.count <= 253
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
