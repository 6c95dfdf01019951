/// Reads a message that anybody may have written: nothing twice, and nothing beyond its end.
struct MessageReader {
    enum Reading: Hashable {
        case query(Query)
        /// It is a message, but no question that can be answered.
        case refusal(MessageHead, ResponseCode)
        /// It is no message, or an answer: whoever answers answers could be made to do so forever.
        case nothing
    }

    private let message: ArraySlice<UInt8>
    private var position: Int

    private init(_ message: ArraySlice<UInt8>) {
        self.message = message
        position = message.startIndex
    }

    static func read(_ message: ArraySlice<UInt8>) -> Reading {
        var reader = MessageReader(message)
        guard
            let id = reader.number(), let flags = reader.number(),
            let questions = reader.number(),
            let answers = reader.number(), let authorities = reader.number(), let additions = reader.number()
        else { return .nothing }
        let head = MessageHead(id: id, flags: flags)
        guard !head.isResponse else { return .nothing }
        guard head.isQuery else { return .refusal(head, .notImplemented) }
        let records = Int(answers) + Int(authorities) + Int(additions)
        guard questions == 1, let query = reader.query(head, records: records) else {
            return .refusal(head, .formatError)
        }
        return .query(query)
    }

    /// The rest of the message: the question, and the records behind it, which are read for their extension alone.
    private mutating func query(_ head: MessageHead, records: Int) -> Query? {
        let start = position
        guard let labels = questionName(), let type = number(), let network = number() else { return nil }
        var query = Query(
            head: head,
            question: Array(message[start..<position]),
            labels: labels,
            type: RecordType(number: type),
            isOfInternet: network == 1 || network == 255
        )
        // Each takes bytes, so that their number alone keeps nobody reading.
        for _ in 0..<records {
            switch record() {
            case nil: return nil
            case .other: break
            case .extended(let extended):
                // There is one at most (RFC 6891, 6.1.1).
                guard query.extended == nil else { return nil }
                query.extended = extended
            }
        }
        return position == message.endIndex ? query : nil
    }

    /// The labels in lower case; a pointer would lead to nothing but the head or the name itself.
    private mutating func questionName() -> [UInt8]? {
        var labels: [UInt8] = []
        while let length = byte() {
            labels.append(length)
            if length == 0 { return labels }
            guard length < 64, labels.count + Int(length) < 255, let label = bytes(Int(length)) else { return nil }
            labels.append(contentsOf: label.lazy.map { 65...90 ~= $0 ? $0 | 0x20 : $0 })
        }
        return nil
    }

    private enum Record {
        case extended(Query.Extension)
        case other
    }

    private mutating func record() -> Record? {
        guard
            let isRoot = skipName(), let type = number(), let network = number(), let high = number(),
            let low = number(), let length = number(), bytes(Int(length)) != nil
        else { return nil }
        guard RecordType(number: type) == .options else { return .other }
        guard isRoot else { return nil }
        return .extended(
            Query.Extension(
                size: network,
                version: UInt8(truncatingIfNeeded: high),
                wantsSignatures: low & 0x8000 != 0
            )
        )
    }

    /// Passes a name, which may end with a pointer that is not followed; returns whether it is the root's.
    private mutating func skipName() -> Bool? {
        let start = position
        while let length = byte() {
            if length == 0 { return position == start + 1 }
            if length >= 0xC0 { return byte() == nil ? nil : false }
            guard length < 64, bytes(Int(length)) != nil else { return nil }
        }
        return nil
    }

    private mutating func byte() -> UInt8? {
        guard position < message.endIndex else { return nil }
        defer { position += 1 }
        return message[position]
    }

    private mutating func number() -> UInt16? {
        guard let high = byte(), let low = byte() else { return nil }
        return UInt16(high) << 8 | UInt16(low)
    }

    private mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= message.endIndex - position else { return nil }
        defer { position += count }
        return message[position..<(position + count)]
    }
}
