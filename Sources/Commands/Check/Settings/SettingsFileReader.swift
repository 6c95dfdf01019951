import Diagnostics
import YAML

/// Reads values of a file of settings, and collects what is wrong with them.
struct SettingsFileReader {
    let file: String
    private(set) var findings: [Diagnostic] = []

    init(file: String) {
        self.file = file
    }

    /// The entries of a mapping with one of these keys; the others are reported.
    mutating func entries(of node: Node, _ keys: [String]) -> [(key: String, value: Node)] {
        if node.isNull { return [] }
        guard case .mapping(let mapping) = node.value else {
            if node.value != .refused { refuse("expected a mapping with \(keys.joined(separator: ", "))", at: node) }
            return []
        }
        return mapping.entries.compactMap { entry in
            guard keys.contains(entry.key) else {
                report(
                    .warning,
                    "settings-file-unknown-key",
                    "there is no setting '\(entry.key.excerpt)' here; it has no effect",
                    at: entry.keyPosition,
                    hint: Spelling.suggestion(for: entry.key, among: keys).map { "did you mean '\($0)'?" }
                        ?? "those that there are: \(keys.joined(separator: ", "))"
                )
                return nil
            }
            return entry.value.isNull ? nil : (entry.key, entry.value)
        }
    }

    mutating func text(_ node: Node) -> String? {
        if let text = node.text { return text }
        refuse("expected text; it is not used", at: node)
        return nil
    }

    mutating func boolean(_ node: Node) -> Bool? {
        if case .scalar(let scalar) = node.value, case .boolean(let value) = scalar.meaning { return value }
        refuse("expected true or false; it is not used", at: node)
        return nil
    }

    /// A text, or a list of texts, each with its place.
    mutating func texts(_ node: Node) -> [(text: String, position: Node.Position)] {
        guard case .sequence(let items) = node.value else {
            return text(node).map { [($0, node.position)] } ?? []
        }
        return items.compactMap { item in text(item).map { ($0, item.position) } }
    }

    mutating func choice<Value: RawRepresentable<String>>(_ node: Node, _ values: [Value]) -> Value? {
        if let text = node.text, let value = Value(rawValue: text) { return value }
        refuse("expected one of \(values.map(\.rawValue).joined(separator: ", ")); it is not used", at: node)
        return nil
    }

    mutating func refuse(_ message: String, at node: Node? = nil) {
        report(.error, "settings-file-invalid", message, at: node?.position ?? Node.Position(line: 1, column: 1))
    }

    private mutating func report(
        _ severity: Diagnostic.Severity,
        _ code: String,
        _ message: String,
        at position: Node.Position,
        hint: String? = nil
    ) {
        let place = SourcePosition(position, in: file)
        findings.append(Diagnostic(severity, code: code, message, position: place, hint: hint))
    }
}
