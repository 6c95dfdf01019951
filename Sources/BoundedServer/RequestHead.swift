/// The request line and the headers of a request, while they arrive.
struct RequestHead: Sendable, Hashable {
    /// The target of the request.
    struct Question: Sendable, Hashable {
        /// Without a query.
        var path: String
        /// Whether the answer has a body.
        var wantsBody: Bool
    }

    enum Progress: Sendable, Hashable {
        case incomplete
        case complete(Question)
        case refused(Answer.Status)
    }

    private let limit: Int
    private var bytes: [UInt8] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes what has arrived; looks at each byte once.
    mutating func take(_ more: some Sequence<UInt8>) -> Progress {
        for byte in more {
            guard bytes.count < limit else { return .refused(.headTooLarge) }
            bytes.append(byte)
            guard byte == UInt8(ascii: "\n"), endsWithEmptyLine else { continue }
            return Self.read(bytes.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") })
        }
        return .incomplete
    }

    private var endsWithEmptyLine: Bool { bytes.suffix(3) == Array("\n\r\n".utf8)[...] || bytes.suffix(2) == [10, 10] }

    private static func read(_ line: ArraySlice<UInt8>) -> Progress {
        let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard words.count == 3, !words[0].isEmpty, words[1].hasPrefix("/"), words[2].hasPrefix("HTTP/") else {
            return .refused(.badRequest)
        }
        guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else { return .refused(.versionNotSupported) }
        guard words[0] == "GET" || words[0] == "HEAD" else { return .refused(.methodNotAllowed) }
        let path = words[1].prefix { $0 != "?" }
        return .complete(Question(path: String(path), wantsBody: words[0] == "GET"))
    }
}
