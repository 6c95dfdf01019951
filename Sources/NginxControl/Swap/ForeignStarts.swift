/// The starts of an nginx that is not ours: one that cannot listen at a port of TCP or UDP ends at once, and all that is
/// heard of it are its words in the log of refusals.
struct ForeignStarts: Sendable {
    private var log: RefusalLog
    private let folder: String
    private var refusal: NginxRefusal?

    /// Only what is said from now on counts.
    init(of state: StateFolder) {
        log = RefusalLog(state.refusalLog)
        folder = state.current
    }

    /// Reads what has been said since; returns whether a start has failed because of a port.
    mutating func listen() -> Bool {
        guard let refusal = NginxRefusal(standardError: log.newLines(), folder: folder), !refusal.unbound.isEmpty else {
            return false
        }
        self.refusal = refusal
        return true
    }

    /// The last such start, once.
    mutating func take() -> NginxRefusal? {
        _ = listen()
        defer { refusal = nil }
        return refusal
    }
}
