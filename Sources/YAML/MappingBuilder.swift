import Diagnostics

/// Collects the entries of a mapping, and refuses a key that comes twice.
struct MappingBuilder {
    private struct Key {
        var text: String
        var position: Node.Position
        var isMerge: Bool
    }

    private var entries: [Mapping.Entry] = []
    private var key: Key?
    private var merge: Node?
    private var isRefused = false
    /// The place of each key, from the moment that looking through all entries would take long.
    private var places: [String: Int] = [:]

    /// Takes the next node of the mapping: a key, then its value, in turns.
    mutating func add(_ node: Node, file: String, _ findings: inout FindingList) {
        guard let key else {
            takeKey(node, file: file, &findings)
            return
        }
        self.key = nil
        if key.isMerge {
            takeMerge(node, key: key, file: file, &findings)
            return
        }
        if let first = place(of: key.text) {
            refuse()
            findings.append(
                .error,
                .duplicateKey(key.text, key.position, first: entries[first].keyPosition, file: file)
            )
            return
        }
        if entries.count >= 16 { places[key.text] = entries.count }
        entries.append(
            Mapping.Entry(key: key.text, keyPosition: key.position, value: isRefused ? .refused(node) : node)
        )
    }

    /// Keeps the keys alone from now on: nobody will read the values.
    private mutating func refuse() {
        guard !isRefused else { return }
        isRefused = true
        entries = entries.map { Mapping.Entry(key: $0.key, keyPosition: $0.keyPosition, value: .refused($0.value)) }
    }

    /// The mapping, with what it merges from others after its own entries.
    consuming func finish() -> Node.Value {
        guard !isRefused else { return .refused }
        guard let merge else { return .mapping(Mapping(entries)) }
        for mapping in Self.sources(of: merge) ?? [] {
            for entry in mapping.entries where place(of: entry.key) == nil {
                if entries.count >= 16 { places[entry.key] = entries.count }
                entries.append(entry)
            }
        }
        return .mapping(Mapping(entries))
    }

    private func place(of key: String) -> Int? {
        entries.prefix(16).firstIndex { $0.key == key } ?? (places.isEmpty ? nil : places[key])
    }

    private mutating func takeKey(_ node: Node, file: String, _ findings: inout FindingList) {
        guard case .scalar(let scalar) = node.value else {
            refuse()
            key = Key(text: "", position: node.position, isMerge: false)
            if node.value != .refused { findings.append(.error, .complexKey(node, file: file)) }
            return
        }
        key = Key(text: scalar.text, position: node.position, isMerge: scalar.isPlain && scalar.text == "<<")
    }

    private mutating func takeMerge(_ node: Node, key: Key, file: String, _ findings: inout FindingList) {
        if merge != nil {
            refuse()
            findings.append(.error, .secondMerge(at: key.position, file: file))
        } else if Self.sources(of: node) == nil {
            refuse()
            if node.value != .refused { findings.append(.error, .wrongMerge(node, file: file)) }
        }
        merge = node
    }

    /// The mappings that `<<` names, those that win first; `nil` when it names something else.
    private static func sources(of node: Node) -> [Mapping]? {
        switch node.value {
        case .mapping(let mapping):
            return [mapping]
        case .sequence(let items):
            var mappings: [Mapping] = []
            for item in items {
                guard case .mapping(let mapping) = item.value else { return nil }
                mappings.append(mapping)
            }
            return mappings
        case .scalar, .refused:
            return nil
        }
    }
}

extension Node {
    /// The place of a node that nobody will read.
    fileprivate static func refused(_ node: Node) -> Node { Node(.refused, at: node.position) }
}

extension Diagnostic {
    fileprivate static func duplicateKey(
        _ key: String,
        _ position: Node.Position,
        first: Node.Position,
        file: String
    ) -> Diagnostic {
        Diagnostic(
            .error,
            code: "yaml-duplicate-key",
            "the key '\(key.excerpt)' stands here a second time; the first is at \(first.line):\(first.column); "
                + "the mapping is left out",
            position: SourcePosition(position, in: file),
            hint: "keep one of the two"
        )
    }

    fileprivate static func complexKey(_ node: Node, file: String) -> Diagnostic {
        Diagnostic(
            .error,
            code: "yaml-complex-key",
            "a key must be text, and this one is a mapping or a list; the mapping around it is left out",
            position: SourcePosition(node.position, in: file),
            hint: "if this is a Helm template, render it first with 'helm template'"
        )
    }

    fileprivate static func secondMerge(at position: Node.Position, file: String) -> Diagnostic {
        Diagnostic(
            .error,
            code: "yaml-duplicate-key",
            "the key '<<' stands here a second time; the mapping is left out",
            position: SourcePosition(position, in: file),
            hint: "merge several mappings with a list: '<<: [*first, *second]'"
        )
    }

    fileprivate static func wrongMerge(_ node: Node, file: String) -> Diagnostic {
        Diagnostic(
            .error,
            code: "yaml-merge",
            "'<<' merges a mapping or a list of mappings, and this is neither; the mapping around it is left out",
            position: SourcePosition(node.position, in: file),
            hint: "name an anchor: '<<: *defaults'"
        )
    }
}
