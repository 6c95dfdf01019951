/// One step through a YAML text, as libyaml reports it.
struct Event {
    enum Kind {
        case scalar(Scalar)
        case alias(String)
        case sequenceStart
        case mappingStart
        case collectionEnd
        case documentStart
        case documentEnd
        case streamStart
        case streamEnd
    }

    var kind: Kind
    /// The name that the node may be repeated by.
    var anchor: String?
    var position: Node.Position
}

/// Why a text is not YAML, in libyaml's words.
struct SyntaxError: Error, Hashable {
    var message: String
    var position: Node.Position
    /// The character at the position; `nil` at the end of the text.
    var character: Unicode.Scalar?
    /// The construct that libyaml was reading, and where that began.
    var context: String
    var contextPosition: Node.Position
}
