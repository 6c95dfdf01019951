/// The entries of a YAML mapping in the order of the text; no two have the same key.
package struct Mapping: Sendable, Hashable {
    package let entries: [Entry]

    package init(_ entries: [Entry]) {
        self.entries = entries
    }

    package struct Entry: Sendable, Hashable {
        package let key: String
        package let keyPosition: Node.Position
        package let value: Node

        package init(key: String, keyPosition: Node.Position, value: Node) {
            self.key = key
            self.keyPosition = keyPosition
            self.value = value
        }
    }

    /// The value of a key.
    ///
    /// Mappings in manifests are small, so looking through them is faster than hashing.
    package subscript(key: String) -> Node? {
        entries.first { $0.key == key }?.value
    }
}
