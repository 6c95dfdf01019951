import Diagnostics

/// Builds the trees of a YAML text out of its events.
///
/// It keeps its own stack, so no input can exhaust the program's.
struct Composer: ~Copyable {
    /// The number of collections that may stand inside each other.
    static let nestingLimit = 100

    private let parser: EventParser
    private let text: ArraySlice<UInt8>
    private let file: String
    private var findings = FindingList()
    private var stack: [Frame] = []
    private var aliases: AliasTable

    private struct Frame {
        var position: Node.Position
        var anchor: String?
        /// `nil` in a sequence.
        var mapping: MappingBuilder?
        var items: [Node] = []
        /// The number of nodes in it, itself included.
        var size = 1
    }

    init(_ text: ArraySlice<UInt8>, precedingLines: Int, file: String) {
        parser = EventParser(text, precedingLines: precedingLines)
        self.text = text
        self.file = file
        aliases = AliasTable(textLength: text.count)
    }

    /// Reads the text to its end or its first syntax error.
    mutating func documents() -> [Document] {
        var documents: [Document] = []
        do throws(Refusal) {
            while let document = try document() { documents.append(document) }
        } catch {
            documents.append(marked(Document(root: nil, findings, error.diagnostic)))
        }
        return documents
    }

    /// Reads up to the end of the next document; `nil` at the end of the text.
    private mutating func document() throws(Refusal) -> Document? {
        var root: Node?
        while true {
            let event = try nextEvent()
            switch event.kind {
            case .streamStart, .documentStart:
                continue
            case .streamEnd:
                return nil
            case .documentEnd:
                defer {
                    findings = FindingList()
                    aliases = AliasTable(textLength: text.count)
                }
                return marked(Document(root: root, findings))
            case .scalar(let scalar):
                root = finish(Node(.scalar(scalar), at: event.position), size: 1, anchor: event.anchor)
            case .alias(let name):
                let (node, size) = try resolve(name, at: event.position)
                root = finish(node, size: size, anchor: nil)
            case .sequenceStart, .mappingStart:
                try open(event)
            case .collectionEnd:
                root = close()
            }
        }
    }

    private func marked(_ document: Document) -> Document {
        var document = document
        document.holdsTemplate = !document.diagnostics.isEmpty && text.contains("{{".utf8)
        return document
    }

    private func nextEvent() throws(Refusal) -> Event {
        do throws(SyntaxError) {
            return try parser.next()
        } catch {
            throw Refusal(.syntax(error, in: text, file: file))
        }
    }

    private mutating func open(_ event: Event) throws(Refusal) {
        guard stack.count < Self.nestingLimit else {
            throw Refusal(.tooDeep(at: event.position, file: file))
        }
        if let anchor = event.anchor { aliases.open(anchor) }
        var frame = Frame(position: event.position, anchor: event.anchor)
        if case .mappingStart = event.kind { frame.mapping = MappingBuilder() }
        stack.append(frame)
    }

    private mutating func close() -> Node? {
        guard let frame = stack.popLast() else { return nil }
        let value = frame.mapping?.finish() ?? .sequence(frame.items)
        return finish(Node(value, at: frame.position), size: frame.size, anchor: frame.anchor)
    }

    /// Hands a complete node to the collection around it; returns it when there is none.
    private mutating func finish(_ node: Node, size: Int, anchor: String?) -> Node? {
        if let anchor { aliases.define(anchor, as: node, size: size) }
        guard !stack.isEmpty else { return node }
        let top = stack.count - 1
        stack[top].size += size
        if stack[top].mapping != nil {
            stack[top].mapping?.add(node, file: file, &findings)
        } else {
            stack[top].items.append(node)
        }
        return nil
    }

    private mutating func resolve(_ name: String, at position: Node.Position) throws(Refusal) -> (Node, size: Int) {
        switch aliases.resolve(name) {
        case .node(let node, let size):
            return (node, size)
        case .unknown:
            findings.append(
                .error,
                .unknownAnchor(name, suggestion: aliases.suggestion(for: name), at: position, file: file)
            )
        case .open:
            findings.append(.error, .containsItself(name, at: position, file: file))
        case .tooMany:
            throw Refusal(.tooManyNodes(at: position, file: file))
        }
        return (Node(.refused, at: position), 1)
    }
}

/// Why a whole document cannot be read.
struct Refusal: Error {
    var diagnostic: Diagnostic

    init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }
}

extension Diagnostic {
    fileprivate static func tooDeep(at position: Node.Position, file: String) -> Diagnostic {
        Diagnostic(
            .error,
            code: "yaml-nesting",
            "more than \(Composer.nestingLimit) mappings and lists stand inside each other; the document is left out",
            position: SourcePosition(position, in: file)
        )
    }

    fileprivate static func tooManyNodes(at position: Node.Position, file: String) -> Diagnostic {
        Diagnostic(
            .error,
            code: "yaml-alias-limit",
            "the aliases up to here repeat far more than the document says; the document is left out",
            position: SourcePosition(position, in: file)
        )
    }

    fileprivate static func unknownAnchor(
        _ name: String,
        suggestion: String?,
        at position: Node.Position,
        file: String
    ) -> Diagnostic {
        Diagnostic(
            .error,
            code: "yaml-unknown-anchor",
            "no anchor '&\(name.excerpt)' stands above this alias in the document; what needs it is left out",
            position: SourcePosition(position, in: file),
            hint: suggestion.map { "did you mean '*\($0.excerpt)'?" }
        )
    }

    fileprivate static func containsItself(_ name: String, at position: Node.Position, file: String) -> Diagnostic {
        Diagnostic(
            .error,
            code: "yaml-alias-cycle",
            "the anchor '&\(name.excerpt)' would contain itself here; what needs it is left out",
            position: SourcePosition(position, in: file)
        )
    }
}
