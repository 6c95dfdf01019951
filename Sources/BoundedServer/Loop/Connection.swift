import Sockets

/// One client's connection, from its request to its end.
struct Connection {
    enum State {
        case reading(RequestHead)
        /// The answer is looked for elsewhere.
        case waiting(RequestHead.Question)
        case writing(ArraySlice<UInt8>)
        /// The answer is sent; what still comes is thrown away, since to close at once could take the answer back.
        case ending(allowance: Int)
        case ended
    }

    /// The next action for a connection.
    enum Need {
        case nothing
        case answer(RequestHead.Question)
    }

    let socket: ConnectedSocket
    let arrival: ContinuousClock.Instant
    private(set) var state: State
    /// When it ends, whatever it is doing.
    private(set) var deadline: ContinuousClock.Instant
    private let limits: ServerLimits

    init(_ socket: ConnectedSocket, _ limits: ServerLimits, now: ContinuousClock.Instant) {
        self.socket = socket
        self.limits = limits
        arrival = now
        state = .reading(RequestHead(limit: limits.head))
        deadline = now + limits.reading
    }

    var isEnded: Bool { if case .ended = state { true } else { false } }
    /// Whether it has its answer.
    var isAnswered: Bool { if case .ending = state { true } else { false } }
    /// Whether it has not asked yet.
    var isAsking: Bool { if case .reading = state { true } else { false } }
    var isReading: Bool { isAsking || isAnswered }
    var isWriting: Bool { if case .writing = state { true } else { false } }

    /// Goes on as far as it can without waiting.
    mutating func proceed(by buffer: inout [UInt8], now: ContinuousClock.Instant) -> Need {
        switch state {
        case .reading(let head): return read(head, by: &buffer, now: now)
        case .writing(let bytes): write(bytes, now: now)
        case .ending(let allowance): discard(allowance, by: &buffer)
        case .waiting, .ended: break
        }
        return .nothing
    }

    /// Begins to answer the question that it has put.
    mutating func answer(_ answer: Answer, withBody: Bool, now: ContinuousClock.Instant) {
        deadline = now + limits.writing
        write(answer.bytes(withBody: withBody)[...], now: now)
    }

    mutating func wait(for question: RequestHead.Question, now: ContinuousClock.Instant) {
        state = .waiting(question)
        deadline = now + limits.answering
    }

    private mutating func read(
        _ head: RequestHead,
        by buffer: inout [UInt8],
        now: ContinuousClock.Instant
    ) -> Need {
        var head = head
        switch socket.receive(by: &buffer) {
        case .nothing: return .nothing
        case .end:
            state = .ended
            return .nothing
        case .bytes(let bytes):
            switch head.take(bytes) {
            case .incomplete: state = .reading(head)
            case .refused(let status): answer(Answer(refusing: status), withBody: true, now: now)
            case .complete(let question): return .answer(question)
            }
            return .nothing
        }
    }

    private mutating func write(_ bytes: ArraySlice<UInt8>, now: ContinuousClock.Instant) {
        var rest = bytes
        guard socket.send(&rest) else {
            state = .ended
            return
        }
        guard rest.isEmpty else {
            state = .writing(rest)
            return
        }
        socket.finish()
        state = .ending(allowance: 1 << 16)
        deadline = now + limits.ending
    }

    private mutating func discard(_ allowance: Int, by buffer: inout [UInt8]) {
        switch socket.receive(by: &buffer) {
        case .nothing: break
        case .bytes(let bytes) where bytes.count < allowance: state = .ending(allowance: allowance - bytes.count)
        case .bytes, .end: state = .ended
        }
    }
}
