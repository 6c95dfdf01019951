/// Decides when a reload has settled; holds no clock.
struct Settling {
    /// The workers that took connections before the reload, as far as they still do.
    private var old: [ProcessEntry]
    private var firstAnswer: Duration?

    /// As many answers in a row must be right in the end.
    private static let enoughAnswers = 3
    /// An old worker that is stuck takes no connections; it is not waited for longer than this.
    private static let longestWaitForOld: Duration = .seconds(2)

    init(old: [ProcessEntry]) {
        self.old = old
    }

    /// Looks how far a reload is, some time after it began.
    ///
    /// While old workers listen any worker may answer, and an answer proves nothing: nginx is asked until it has
    /// answered for the generation once, and again when they have gone.
    mutating func isDone(for id: String, at time: Duration, ask: () -> String?) -> Bool {
        guard firstAnswer != nil || ask() == id else { return false }
        let first = firstAnswer ?? time
        firstAnswer = first
        old.removeAll { worker in
            guard let now = ProcessEntry(worker.processIdentifier), now.startTime == worker.startTime else {
                return true
            }
            return now.isShuttingDown
        }
        guard old.isEmpty || time - first > Self.longestWaitForOld else { return false }
        guard (0..<Self.enoughAnswers).allSatisfy({ _ in ask() == id }) else {
            firstAnswer = nil
            return false
        }
        return true
    }
}
