/// An answer, before it is cut to what whoever asked can receive.
struct Response: Sendable, Hashable {
    /// The bytes of the extension of an answer.
    static let longestExtension = 11
    /// The longest UDP answer, whatever size a question allows: what nginx reads.
    static let longestDatagram = 4_096
    /// The longest UDP answer to whoever does not say ([RFC 1035, 4.2.1](https://www.rfc-editor.org/rfc/rfc1035#section-4.2.1)).
    static let plainDatagram = 512

    var head: MessageHead
    var code: ResponseCode
    var isAuthoritative = false
    /// Empty where it could not be read.
    var question: [UInt8] = []
    var answers = RecordSet.empty
    var authorities = RecordSet.empty
    /// What the question said, where it did.
    var extended: Query.Extension?

    /// The code that a message states without having been looked up.
    init(refusing head: MessageHead, _ code: ResponseCode) {
        self.head = head
        self.code = code
    }

    init(to query: Query, _ code: ResponseCode) {
        head = query.head
        self.code = code
        question = query.question
        extended = query.extended
    }

    /// Whether it has to be cut short, and fetched by TCP.
    func isTruncated(to limit: Int) -> Bool { size > limit }

    /// How long a UDP answer may be.
    var datagramLimit: Int {
        min(max(Int(extended?.size ?? 0), Self.plainDatagram), Self.longestDatagram)
    }

    /// The message; one that is longer than the limit has no records, and says so.
    func bytes(limit: Int) -> [UInt8] {
        let isTruncated = isTruncated(to: limit)
        let records = isTruncated ? [] : [answers, authorities]
        var message: [UInt8] = []
        message.reserveCapacity(isTruncated ? 512 : size)
        let flags = head.flags(answering: code, isAuthoritative: isAuthoritative, isTruncated: isTruncated)
        let counts: [UInt16] = [
            question.isEmpty ? 0 : 1, records.first?.count ?? 0, records.last?.count ?? 0, extended == nil ? 0 : 1,
        ]
        for number in [head.id, flags] + counts {
            message.append(UInt8(number >> 8))
            message.append(UInt8(truncatingIfNeeded: number))
        }
        message.append(contentsOf: question)
        for set in records { message.append(contentsOf: set.bytes) }
        message.append(contentsOf: extensionBytes)
        return message
    }

    private var size: Int {
        MessageHead.size + question.count + answers.bytes.count + authorities.bytes.count + extensionBytes.count
    }

    /// The record that answers an extension: no option is known, and none is repeated.
    private var extensionBytes: [UInt8] {
        guard let extended else { return [] }
        let size = UInt16(Self.longestDatagram)
        let highCode = UInt8(truncatingIfNeeded: code.rawValue >> 4)
        return [0] + RecordType.options.bytes + [UInt8(size >> 8), UInt8(truncatingIfNeeded: size)]
            + [highCode, 0, extended.wantsSignatures ? 0x80 : 0, 0, 0, 0]
    }
}
