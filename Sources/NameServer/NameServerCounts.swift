/// What a name server has done since its start.
package struct NameServerCounts: Sendable, Hashable {
    /// Questions by UDP, whatever came of them.
    package var datagrams = 0
    /// Questions by TCP.
    package var streamed = 0
    /// Answers, by what they state.
    package var answers: [ResponseCode: Int] = [:]
    /// Answers that were too long for UDP.
    package var truncated = 0
    /// Datagrams that are no questions, or come from elsewhere than this machine: nobody was answered.
    package var ignored = 0
    /// Answers that waited for their turn in a crowd.
    package var delayed = 0
    /// Answers that the system did not take, and questions that came when too many waited, or waited for too long.
    package var lost = 0
    package var connections = 0
    /// The names that have addresses now.
    package var names = 0
    /// How often all answers were replaced.
    package var updates = 0
    /// When the addresses of a name were last asked for.
    package var lastQuestion: ContinuousClock.Instant?

    package init() {}

    mutating func count(_ code: ResponseCode) { answers[code, default: 0] += 1 }
}
