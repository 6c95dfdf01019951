import Sockets

/// One TCP connection: questions and answers, each behind its length
/// ([RFC 7766, 8](https://www.rfc-editor.org/rfc/rfc7766#section-8)).
struct NameConnection {
    let socket: ConnectedSocket
    /// When something last came or went.
    private(set) var activity: ContinuousClock.Instant
    private(set) var isEnded = false
    private var received: [UInt8] = []
    /// Whether a whole question has come that is not answered yet.
    private var holdsQuestion = false
    private var unsent: ArraySlice<UInt8> = []
    private let limits: NameServerLimits

    init(_ socket: ConnectedSocket, _ limits: NameServerLimits, now: ContinuousClock.Instant) {
        self.socket = socket
        self.limits = limits
        activity = now
    }

    /// The bytes that are held for whoever asks.
    var heldBytes: Int { received.count + unsent.count }
    var isWriting: Bool { !unsent.isEmpty || holdsQuestion }
    /// Whoever does not read what he has asked for asks no more.
    var isReading: Bool { hasRoom && !holdsQuestion }
    private var hasRoom: Bool { unsent.count < limits.unread }
    var deadline: ContinuousClock.Instant { activity + limits.idle }

    /// Reads and writes what can be without waiting.
    ///
    /// - Parameter answer: Gives the answer to a message, or `nil` where there is none: then the connection ends.
    mutating func proceed(
        by buffer: inout [UInt8],
        now: ContinuousClock.Instant,
        answer: (ArraySlice<UInt8>) -> [UInt8]?
    ) {
        send(now)
        if !isEnded, isReading {
            switch socket.receive(by: &buffer) {
            case .nothing: break
            case .end: isEnded = true
            case .bytes(let bytes):
                activity = now
                received += bytes
            }
        }
        guard !isEnded else { return }
        takeMessages(answer)
        if !isEnded { send(now) }
    }

    /// Answers what there is room for: one segment may hold very many questions, each with a long answer.
    private mutating func takeMessages(_ answer: (ArraySlice<UInt8>) -> [UInt8]?) {
        var rest = received[...]
        holdsQuestion = false
        while let high = rest.first, let low = rest.dropFirst().first {
            let length = Int(high) << 8 | Int(low)
            guard length <= limits.longestQuestion else {
                isEnded = true
                return
            }
            guard rest.count >= 2 + length else { break }
            guard hasRoom else {
                holdsQuestion = true
                break
            }
            guard let bytes = answer(rest.dropFirst(2).prefix(length)) else {
                isEnded = true
                return
            }
            unsent += [UInt8(bytes.count >> 8), UInt8(truncatingIfNeeded: bytes.count)] + bytes
            rest = rest.dropFirst(2 + length)
        }
        if rest.count < received.count { received = Array(rest) }
    }

    private mutating func send(_ now: ContinuousClock.Instant) {
        guard !unsent.isEmpty else { return }
        let count = unsent.count
        guard socket.send(&unsent) else {
            isEnded = true
            return
        }
        if unsent.count < count { activity = now }
        // The bytes that are sent are given back.
        if unsent.isEmpty { unsent = [] }
    }
}
