/// The beginning of a message ([RFC 1035, 4.1.1](https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1)).
struct MessageHead: Sendable, Hashable {
    /// In bytes, with the counts of records.
    static let size = 12

    let id: UInt16
    let flags: UInt16

    var isResponse: Bool { flags & 0x8000 != 0 }
    /// Whether it asks for records, and not for something else.
    var isQuery: Bool { flags & 0x7800 == 0 }

    /// The flags of an answer: the kind of question, and whether it wished for recursion or for data without a check
    /// ([RFC 4035, 3.1.6](https://www.rfc-editor.org/rfc/rfc4035#section-3.1.6)), come back.
    func flags(answering code: ResponseCode, isAuthoritative: Bool, isTruncated: Bool) -> UInt16 {
        0x8000 | flags & 0x7910 | (isAuthoritative ? 0x0400 : 0) | (isTruncated ? 0x0200 : 0) | code.rawValue & 0xF
    }
}
