import Diagnostics
import YAML

/// The protocols that ports may have.
enum Transport: String, CaseIterable {
    case tcp = "TCP"
    case udp = "UDP"
    case sctp = "SCTP"
}

/// Values that come from a list of words, or are names that may be empty.
extension ObjectReader {
    /// One of the words that an enum spells out.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ node: Node) -> Choice? {
        guard let text = text(node) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        let suggestion = Spelling.suggestion(for: text, among: words).map { "did you mean '\($0)'?" }
        refuse("value-invalid", "expected one of \(words.joined(separator: ", "))", at: node, hint: suggestion)
        return nil
    }

    mutating func transport(_ node: Node) -> Transport? {
        choice(node)
    }

    /// A name where an empty one means none.
    mutating func optionalName(_ node: Node, _ rule: NameRule) -> String? {
        if case .scalar(let scalar) = node.value, scalar.text.isEmpty { return "" }
        return name(node, rule)
    }
}
