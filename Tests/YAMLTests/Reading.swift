import Diagnostics
import YAML

/// The content of a text, in a form that is easy to compare.
indirect enum Tree: Hashable, ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    case text(String)
    case list([Tree])
    case map([String: Tree])
    case refused

    init(stringLiteral value: String) { self = .text(value) }
    init(arrayLiteral elements: Tree...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, Tree)...) { self = .map(Dictionary(elements) { $1 }) }

    init(_ node: Node) {
        switch node.value {
        case .scalar(let scalar): self = .text(scalar.text)
        case .sequence(let items): self = .list(items.map { Tree($0) })
        case .mapping(let mapping):
            self = .map(Dictionary(uniqueKeysWithValues: mapping.entries.map { ($0.key, Tree($0.value)) }))
        case .refused: self = .refused
        }
    }
}

func trees(_ text: String, file: String = "a.yaml") -> [Tree?] {
    DocumentReader(text, file: file).map { $0.root.map { Tree($0) } }
}

func diagnostics(_ text: String, file: String = "a.yaml") -> [Diagnostic] {
    DocumentReader(text, file: file).flatMap(\.diagnostics)
}

func meaning(_ text: String) -> Scalar.Meaning? {
    guard
        case .mapping(let mapping) = DocumentReader("key: \(text)", file: "a.yaml").first(where: { _ in true })?.root?
            .value,
        case .scalar(let scalar) = mapping["key"]?.value
    else { return nil }
    return scalar.meaning
}
