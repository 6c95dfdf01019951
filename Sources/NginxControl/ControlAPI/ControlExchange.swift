import Curl

/// One question to a control API, and what has come of the answer.
struct ControlExchange: ~Copyable {
    private var connection: UnixConnection
    private var received: [UInt8] = []
    private var head: ControlAnswer.Head?
    private let limit: Int

    private static let longestHead = 1 << 13

    enum Progress: Sendable, Hashable {
        case whole(ControlAnswer)
        case pending
        case broken
        case tooLong
    }

    /// Puts the question; `nil` where nobody listens.
    ///
    /// - Parameter limit: The longest answer, in bytes.
    init?(_ method: String, _ target: String, at socket: String, limit: Int) {
        // In one piece: the master answers the first line, and closes the connection on whatever comes behind.
        let question = Array("\(method) \(target) HTTP/1.1\r\nHost: nginx\r\nConnection: close\r\n\r\n".utf8)
        guard let connection = UnixConnection(to: socket), connection.send(question) else { return nil }
        self.connection = connection
        self.limit = limit
    }

    /// Waits for the whole answer, but not for longer than until a moment; what comes until then is kept.
    mutating func wait(until deadline: ContinuousClock.Instant) -> Progress {
        while true {
            guard let count = connection.receive(&received, until: deadline) else {
                return connection.hasFailed ? .broken : .pending
            }
            head = head ?? ControlAnswer.Head(received)
            guard received.count <= (head == nil ? Self.longestHead : limit) else { return .tooLong }
            if let head, let answer = ControlAnswer(head, received, isEnd: count == 0) { return .whole(answer) }
            guard count > 0 else { return .broken }
        }
    }
}

/// An answer of a control API.
struct ControlAnswer: Sendable, Hashable {
    let status: Int
    let body: ArraySlice<UInt8>

    /// What the head of an answer says of the rest.
    struct Head: Sendable, Hashable {
        fileprivate let status: Int
        fileprivate let end: Int
        /// `nil` where the end of the connection is that of the body.
        fileprivate let length: Int?

        /// Returns `nil` as long as the head is not whole.
        init?(_ received: [UInt8]) {
            guard let head = ResponseHead(received) else { return nil }
            status = head.status
            end = head.end
            length = head.header("content-length").flatMap { Int($0) }.map { max(0, $0) }
        }
    }

    /// Returns `nil` for a part of an answer.
    ///
    /// - Parameter isEnd: Whether nothing comes any more.
    fileprivate init?(_ head: Head, _ received: [UInt8], isEnd: Bool) {
        let rest = received[head.end...]
        guard head.length.map({ rest.count >= $0 }) ?? isEnd else { return nil }
        status = head.status
        body = rest.prefix(head.length ?? rest.count)
    }

    /// nginx cuts long lines of its log where it likes, within a character too.
    var text: String { String(decoding: body, as: UTF8.self) }
}
