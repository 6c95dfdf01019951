import Diagnostics

/// Reads JSON, which libyaml does not read in full: it knows no surrogate pairs and no keys of over 1,024 characters.
///
/// As Kubernetes' own tools do, it takes several values after each other for several documents.
struct JSONParser {
    private var cursor: JSONCursor
    private let file: String
    private let skippedKeys: Set<String>
    private var findings = FindingList()

    /// Reads a part of `bytes` that is valid UTF-8, after its `---` if it has one.
    init(_ bytes: [UInt8], part: DocumentSplitter.Part, file: String) {
        cursor = JSONCursor(bytes, range: part.range, precedingLines: part.precedingLines)
        self.file = file
        skippedKeys = []
        cursor.skipMarker()
    }

    /// Reads all of `bytes` as one value, without the entries that have one of `skippedKeys`.
    init(_ bytes: [UInt8], skippedKeys: Set<String>) {
        cursor = JSONCursor(bytes, range: 0..<bytes.count, precedingLines: 0)
        file = ""
        self.skippedKeys = skippedKeys
    }

    /// The one value that the text is.
    mutating func onlyValue() throws(JSONError) -> Node {
        let root = try value(depth: 0)
        cursor.skipSpace()
        guard cursor.current == nil else { throw cursor.error("something stands behind the value") }
        return root
    }

    /// The documents up to the end of the text or to what is not JSON; `nil` for a text that is no object or list.
    mutating func documents() -> (documents: [Document], error: JSONError?)? {
        var documents: [Document] = []
        cursor.skipSpace()
        guard cursor.current == UInt8(ascii: "{") || cursor.current == UInt8(ascii: "[") else { return nil }
        do throws(JSONError) {
            while cursor.current != nil {
                let root = try value(depth: 0)
                documents.append(Document(root: root, findings))
                findings = FindingList()
                cursor.skipSpace()
            }
            return (documents, nil)
        } catch {
            return (documents, error)
        }
    }

    private mutating func value(depth: Int) throws(JSONError) -> Node {
        cursor.skipSpace()
        let position = cursor.position
        guard depth <= Composer.nestingLimit else {
            throw JSONError(text: "more than \(Composer.nestingLimit) objects and lists nest", position: position)
        }
        switch cursor.current {
        case UInt8(ascii: "{"): return Node(try object(depth: depth), at: position)
        case UInt8(ascii: "["): return Node(.sequence(try list(depth: depth)), at: position)
        case UInt8(ascii: "\""): return Node(.scalar(Scalar(try cursor.string(), isPlain: false)), at: position)
        default: return Node(.scalar(Scalar(try cursor.literal(), isPlain: true)), at: position)
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> Node.Value {
        var mapping = MappingBuilder()
        cursor.advance()
        cursor.skipSpace()
        guard !cursor.take("}") else { return mapping.finish() }
        while true {
            cursor.skipSpace()
            let position = cursor.position
            let key = try cursor.string()
            cursor.skipSpace()
            guard cursor.take(":") else { throw cursor.error("expected ':' after the key") }
            if skippedKeys.contains(key) {
                try cursor.skipValue()
            } else {
                let node = Node(.scalar(Scalar(key, isPlain: false)), at: position)
                mapping.add(node, file: file, &findings)
                mapping.add(try value(depth: depth + 1), file: file, &findings)
            }
            cursor.skipSpace()
            if cursor.take("}") { return mapping.finish() }
            guard cursor.take(",") else { throw cursor.error("expected ',' or '}'") }
        }
    }

    private mutating func list(depth: Int) throws(JSONError) -> [Node] {
        var items: [Node] = []
        cursor.advance()
        cursor.skipSpace()
        guard !cursor.take("]") else { return items }
        while true {
            items.append(try value(depth: depth + 1))
            cursor.skipSpace()
            if cursor.take("]") { return items }
            guard cursor.take(",") else { throw cursor.error("expected ',' or ']'") }
        }
    }
}

extension Diagnostic {
    /// A document of a `.json` file that is not JSON.
    static func json(_ error: JSONError, file: String) -> Diagnostic {
        Diagnostic(
            .error,
            code: "json-syntax",
            "\(error.text); the document is left out",
            position: SourcePosition(error.position, in: file)
        )
    }
}
