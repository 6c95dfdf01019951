import Diagnostics
import YAML

/// Values of the types that Kubernetes' API has.
extension ObjectReader {
    /// The entries of a mapping, after a warning for each field that Kubernetes does not define.
    mutating func mapping(_ node: Node, _ schema: Schema) -> Mapping? {
        guard case .mapping(let mapping) = node.value else {
            refuseType(of: node, expected: "a mapping")
            return nil
        }
        checkFields(of: mapping, schema)
        return mapping
    }

    mutating func checkFields(of mapping: Mapping, _ schema: Schema) {
        guard file != nil else { return }
        for entry in mapping.entries where !schema.known.contains(entry.key) {
            reportUnknown(entry, schema)
        }
    }

    mutating func list(_ node: Node) -> [Node]? {
        guard case .sequence(let items) = node.value else {
            refuseType(of: node, expected: "a list")
            return nil
        }
        return items
    }

    /// Reads each item of a list, and leaves out those that are of no use.
    mutating func items<Value>(_ node: Node, _ part: String, _ body: (inout Self, Node) -> Value?) -> [Value]? {
        guard let nodes = list(node) else { return nil }
        var values: [Value] = []
        values.reserveCapacity(nodes.count)
        for (index, item) in nodes.enumerated() {
            let value = at(.index(index, kept: values.count)) { reader in
                reader.forgetting { reader in reader.losing(part) { body(&$0, item) } }
            }
            if let value { values.append(value) }
        }
        return values
    }

    mutating func text(_ node: Node) -> String? {
        guard case .scalar(let scalar) = node.value, scalar.meaning == .string else {
            refuseType(of: node, expected: "text")
            return nil
        }
        return scalar.text
    }

    mutating func integer(_ node: Node) -> Int? {
        guard case .scalar(let scalar) = node.value, case .integer(let value) = scalar.meaning else {
            refuseType(of: node, expected: "an integer")
            return nil
        }
        return value
    }

    mutating func boolean(_ node: Node) -> Bool? {
        guard case .scalar(let scalar) = node.value, case .boolean(let value) = scalar.meaning else {
            refuseType(of: node, expected: "true or false")
            return nil
        }
        return value
    }

    mutating func refuseType(of node: Node, expected: String) {
        guard node.value != .refused else { return }
        refuse("wrong-type", "expected \(expected), found \(node.typeName)", at: node, hint: node.hint(for: expected))
    }

    mutating func refuseMissing(_ field: String, at place: Node.Position, hint: String? = nil) {
        at(.key(field)) {
            $0.refuse("missing-field", "the required field '\(field)' is missing", at: place, hint: hint)
        }
    }

    private mutating func reportUnknown(_ entry: Mapping.Entry, _ schema: Schema) {
        at(.key(entry.key)) { reader in
            reader.report(
                .warning,
                "unknown-field",
                "\(reader.apiVersion) defines no field '\(entry.key.excerpt)' here; it has no effect",
                at: entry.keyPosition,
                hint: schema.hints[entry.key]
                    ?? Spelling.suggestion(for: entry.key, among: schema.known).map { "did you mean '\($0)'?" }
            )
        }
    }
}

extension Node {
    /// The type in words; never the value, which may be secret.
    fileprivate var typeName: String {
        switch value {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .refused: "nothing"
        case .scalar(let scalar):
            switch scalar.meaning {
            case .null: "nothing"
            case .boolean: "a Boolean"
            case .integer: "an integer"
            case .float: "a number"
            case .string: "text"
            }
        }
    }

    fileprivate func hint(for expected: String) -> String? {
        guard case .scalar(let scalar) = value else { return nil }
        switch scalar.meaning {
        case .boolean where expected == "text", .integer where expected == "text", .float where expected == "text":
            return "put quotes around it"
        case .string where expected == "an integer" && Scalar(scalar.text, isPlain: true).meaning != .string,
            .string where expected == "true or false" && Scalar(scalar.text, isPlain: true).meaning != .string:
            return scalar.isPlain || scalar.text.isEmpty ? nil : "remove the quotes"
        default:
            return nil
        }
    }
}
