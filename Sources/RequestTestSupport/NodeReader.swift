import Diagnostics
import YAML

/// Takes YAML nodes for what a `requests.yaml` holds.
struct NodeReader {
    let file: String

    func list(_ node: Node) throws -> [Node] {
        guard case .sequence(let nodes) = node.value else { throw malformed(node, "a list is expected") }
        return nodes
    }

    /// The entries of a mapping all of whose keys are among `keys`.
    func mapping(_ node: Node, keys: [String]) throws -> Mapping {
        let mapping = try mapping(node)
        for entry in mapping.entries where !keys.contains(entry.key) {
            let hint = Spelling.suggestion(for: entry.key, among: keys).map { "; did you mean '\($0)'?" } ?? ""
            throw malformed(entry.keyPosition, "unknown key '\(entry.key)'\(hint)")
        }
        return mapping
    }

    func mapping(_ node: Node) throws -> Mapping {
        guard case .mapping(let mapping) = node.value else { throw malformed(node, "a mapping is expected") }
        return mapping
    }

    /// A scalar's text, whatever type its looks would give it; `nil` for null.
    func optionalText(_ node: Node) throws -> String? {
        guard case .scalar(let scalar) = node.value else { throw malformed(node, "a text is expected") }
        return node.isNull ? nil : scalar.text
    }

    func text(_ node: Node) throws -> String {
        guard let text = try optionalText(node) else { throw malformed(node, "a text is expected") }
        return text
    }

    func integer(_ node: Node) throws -> Int {
        guard let number = Int(try text(node)) else { throw malformed(node, "a number is expected") }
        return number
    }

    /// Names with texts, or with `nil` for null.
    func headers(_ node: Node?) throws -> [(name: String, value: String?)] {
        guard let node else { return [] }
        return try mapping(node).entries.map { ($0.key, try optionalText($0.value)) }
    }

    func malformed(_ node: Node, _ message: String) -> RequestFile.Malformed {
        malformed(node.position, message)
    }

    func malformed(_ position: Node.Position, _ message: String) -> RequestFile.Malformed {
        RequestFile.Malformed(position: SourcePosition(position, in: file), message: message)
    }
}
