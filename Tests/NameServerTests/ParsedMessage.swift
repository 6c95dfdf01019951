/// A message as whoever asks reads it; written apart from the code under test.
struct ParsedMessage: Equatable {
    struct Record: Equatable {
        var name: String
        var type: UInt16
        var network: UInt16
        var timeToLive: UInt32
        var data: [UInt8]
    }

    var id: UInt16
    var flags: UInt16
    var questions: [String] = []
    var answers: [Record] = []
    var authorities: [Record] = []
    var additions: [Record] = []

    struct Unreadable: Error {
        let bytes: [UInt8]
    }

    var code: UInt16 { flags & 0xF }
    var isAuthoritative: Bool { flags & 0x0400 != 0 }
    var isTruncated: Bool { flags & 0x0200 != 0 }

    /// Reads a whole message; throws where it is not one from its first byte to its last.
    init(_ bytes: [UInt8]) throws {
        var position = 0
        func require(_ isSo: Bool) throws {
            guard isSo else { throw Unreadable(bytes: bytes) }
        }
        func number() throws -> UInt16 {
            try require(position + 2 <= bytes.count)
            defer { position += 2 }
            return UInt16(bytes[position]) << 8 | UInt16(bytes[position + 1])
        }
        func name() throws -> String {
            var (labels, at, end, jumps): ([String], Int, Int?, Int) = ([], position, nil, 0)
            while true {
                try require(at < bytes.count)
                let length = Int(bytes[at])
                if length >= 0xC0 {
                    try require(at + 1 < bytes.count && jumps < 8)
                    if end == nil { end = at + 2 }
                    (at, jumps) = ((length & 0x3F) << 8 | Int(bytes[at + 1]), jumps + 1)
                    continue
                }
                at += 1
                if length == 0 { break }
                try require(at + length <= bytes.count)
                labels.append(String(decoding: bytes[at..<(at + length)], as: UTF8.self))
                at += length
            }
            position = end ?? at
            return labels.joined(separator: ".")
        }
        func record() throws -> Record {
            let owner = try name()
            let (type, network) = (try number(), try number())
            let time = UInt32(try number()) << 16 | UInt32(try number())
            let length = Int(try number())
            try require(position + length <= bytes.count)
            defer { position += length }
            return Record(
                name: owner,
                type: type,
                network: network,
                timeToLive: time,
                data: Array(bytes[position..<(position + length)])
            )
        }
        id = try number()
        flags = try number()
        let counts = [try number(), try number(), try number(), try number()]
        for _ in 0..<counts[0] { questions.append("\(try name()) \(try number()) \(try number())") }
        for _ in 0..<counts[1] { answers.append(try record()) }
        for _ in 0..<counts[2] { authorities.append(try record()) }
        for _ in 0..<counts[3] { additions.append(try record()) }
        try require(position == bytes.count)
    }
}
