import Sockets

/// Questions that wait for their turn, the first first.
struct WaitingQuestions {
    struct Question {
        let query: Query
        let asker: IPv4Endpoint
        /// The one that it came by, which the answer goes by.
        let socket: DatagramSocket
        /// When it came to this machine's kernel.
        let arrival: ContinuousClock.Instant
    }

    private var questions: [Question] = []
    private var start = 0

    var count: Int { questions.count - start }

    var first: Question? { start < questions.count ? questions[start] : nil }

    mutating func append(_ question: Question) { questions.append(question) }

    mutating func popFirst() -> Question? {
        guard start < questions.count else { return nil }
        defer {
            start += 1
            // Each question is moved once at most, on average.
            if start * 2 > questions.count {
                questions.removeFirst(start)
                start = 0
            }
        }
        return questions[start]
    }
}
