import CLibYAML

/// A libyaml parser over a text of its own, freed when it goes out of scope.
///
/// The parser points at itself, so it lives on the heap.
@safe
struct EventParser: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let precedingLines: Int

    /// Parses `text`, which must be valid UTF-8; positions count from `precedingLines`.
    init(_ text: ArraySlice<UInt8>, precedingLines: Int) {
        unsafe parser = .allocate(capacity: 1)
        unsafe input = .allocate(capacity: text.count)
        _ = unsafe input.initialize(from: text)
        self.precedingLines = precedingLines
        precondition(unsafe yaml_parser_initialize(parser) == 1, "out of memory")
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// The next event; after `.streamEnd` and after an error there is none to ask for.
    func next() throws(SyntaxError) -> Event {
        var raw = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &raw) == 1 else { throw error() }
        defer { unsafe yaml_event_delete(&raw) }
        let position = unsafe position(raw.start_mark)
        switch unsafe raw.type {
        case YAML_SCALAR_EVENT:
            let anchor = unsafe Self.text(raw.data.scalar.anchor)
            return unsafe Event(kind: .scalar(Self.scalar(raw)), anchor: anchor, position: position)
        case YAML_ALIAS_EVENT:
            let name = unsafe Self.text(raw.data.alias.anchor) ?? ""
            return Event(kind: .alias(name), anchor: nil, position: position)
        case YAML_SEQUENCE_START_EVENT:
            let anchor = unsafe Self.text(raw.data.sequence_start.anchor)
            return Event(kind: .sequenceStart, anchor: anchor, position: position)
        case YAML_MAPPING_START_EVENT:
            let anchor = unsafe Self.text(raw.data.mapping_start.anchor)
            return Event(kind: .mappingStart, anchor: anchor, position: position)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            return Event(kind: .collectionEnd, anchor: nil, position: position)
        case YAML_DOCUMENT_START_EVENT:
            return Event(kind: .documentStart, anchor: nil, position: position)
        case YAML_DOCUMENT_END_EVENT:
            return Event(kind: .documentEnd, anchor: nil, position: position)
        case YAML_STREAM_START_EVENT:
            return Event(kind: .streamStart, anchor: nil, position: position)
        default:
            return Event(kind: .streamEnd, anchor: nil, position: position)
        }
    }

    private func error() -> SyntaxError {
        unsafe SyntaxError(
            message: parser.pointee.problem.map { unsafe String(cString: $0) } ?? "",
            position: position(parser.pointee.problem_mark),
            character: character(at: parser.pointee.problem_mark),
            context: parser.pointee.context.map { unsafe String(cString: $0) } ?? "",
            contextPosition: position(parser.pointee.context_mark)
        )
    }

    private func character(at mark: yaml_mark_t) -> Unicode.Scalar? {
        let text = unsafe String(decoding: input, as: UTF8.self)
        return text.unicodeScalars.dropFirst(Int(clamping: mark.index)).first
    }

    /// libyaml counts lines and columns from 0.
    private func position(_ mark: yaml_mark_t) -> Node.Position {
        Node.Position(line: Int(clamping: mark.line) + precedingLines + 1, column: Int(clamping: mark.column) + 1)
    }

    private static func scalar(_ event: yaml_event_t) -> Scalar {
        let data = unsafe event.data.scalar
        let bytes = unsafe UnsafeBufferPointer(start: data.value, count: data.length)
        let text = unsafe String(decoding: bytes, as: UTF8.self)
        let looksPlain = unsafe data.style == YAML_PLAIN_SCALAR_STYLE
        guard let tag = unsafe Self.text(data.tag) else { return Scalar(text, isPlain: looksPlain) }
        return Scalar(text, isPlain: ScalarTag.isResolved(tag))
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }
}

/// The type that an explicit tag, such as `!!str`, gives to a scalar.
private enum ScalarTag {
    /// Whether the scalar's looks decide its type; every tag but these means text.
    static func isResolved(_ tag: String) -> Bool {
        switch tag {
        case "tag:yaml.org,2002:int", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:float", "tag:yaml.org,2002:null":
            true
        default: false
        }
    }
}
