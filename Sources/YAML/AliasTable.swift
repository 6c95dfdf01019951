import Diagnostics

/// The anchors of a document, and how much its aliases may still repeat.
struct AliasTable {
    enum Resolution {
        case node(Node, size: Int)
        /// The anchor belongs to a collection that is not complete yet.
        case open
        case unknown
        /// Aliases have repeated more nodes than any honest document does.
        case tooMany
    }

    private enum Anchor {
        case open
        case complete(Node, size: Int)
    }

    private var anchors: [String: Anchor] = [:]
    private var remainingNodes: Int

    /// Allows aliases to repeat ten nodes for each byte of the text and a thousand more, up to a million.
    init(textLength: Int) {
        remainingNodes = min(1_000 + 10 * textLength, 1_000_000)
    }

    /// The anchor that somebody probably meant.
    func suggestion(for name: String) -> String? { Spelling.suggestion(for: name, among: anchors.keys) }

    mutating func open(_ name: String) {
        anchors[name] = .open
    }

    /// Defines an anchor; as in YAML, a later one of the same name takes its place.
    mutating func define(_ name: String, as node: Node, size: Int) {
        anchors[name] = .complete(node, size: size)
    }

    mutating func resolve(_ name: String) -> Resolution {
        switch anchors[name] {
        case .open:
            return .open
        case .complete(let node, let size):
            remainingNodes -= size
            return remainingNodes < 0 ? .tooMany : .node(node, size: size)
        case nil:
            return .unknown
        }
    }
}
