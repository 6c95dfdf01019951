/// One question of one message.
struct Query: Sendable, Hashable {
    /// What a message says beyond its head ([RFC 6891](https://www.rfc-editor.org/rfc/rfc6891)).
    struct Extension: Sendable, Hashable {
        /// The longest UDP answer that can be received.
        var size: UInt16
        var version: UInt8
        /// Whether signatures would be welcome; an answer repeats it
        /// ([RFC 3225](https://www.rfc-editor.org/rfc/rfc3225#section-3)).
        var wantsSignatures: Bool
    }

    /// The longest head and question together.
    static let longest = MessageHead.size + 255 + 4

    var head: MessageHead
    /// As it came, with its upper and lower case, type and class: an answer begins with it.
    var question: [UInt8]
    /// In lower case.
    var labels: [UInt8]
    var type: RecordType
    var isOfInternet: Bool
    var extended: Extension?
}
