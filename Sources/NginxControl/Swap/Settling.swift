/// Decides when a reload has settled; holds no clock.
struct Settling {
    /// The processes from before the reload.
    private let before: Set<ProcessEntry.Identity>
    /// The workers that took connections before the reload, as far as they still do.
    private var old: [ProcessEntry]
    /// When workers were first seen ready that the reload has started.
    private var ready: Duration?
    /// Whether each old worker has a new one in its place.
    private var isReplaced = false

    /// As many answers in a row must be right in the end.
    private static let enoughAnswers = 3
    /// An old worker that is stuck takes no connections; it is not waited for longer than this.
    private static let longestWaitForOld: Duration = .seconds(2)

    init(before workers: [ProcessEntry]) {
        before = Set(workers.map(\.identity))
        old = workers.filter { !$0.isShuttingDown }
    }

    /// The workers that take connections and are needed no more.
    var replaced: [ProcessEntry] { isReplaced ? old : [] }

    /// For how long nothing but the end of old workers has been waited for; `nil` when it is not that.
    func waitForOld(at time: Duration) -> Duration? {
        old.isEmpty ? nil : ready.map { time - $0 }
    }

    /// Takes note of the processes that nginx has, some time after the reload began.
    mutating func note(_ children: [ProcessEntry], at time: Duration) {
        if !isReplaced {
            let new = children.filter { !before.contains($0.identity) }
            let count = new.count(where: \.isNginxWorker)
            // A process that is still called a master will be a worker once it is ready.
            guard count > 0, !new.contains(where: \.isNginxMaster) else { return }
            ready = ready ?? time
            isReplaced = count >= old.count
        }
        // One that has just ended may still be in the list, but has no name any more.
        let listening = Set(children.filter { $0.isNginxWorker && !$0.isShuttingDown }.map(\.identity))
        old.removeAll { !listening.contains($0.identity) }
    }

    /// Whether nginx answers for the generation, and nobody else does.
    ///
    /// While old workers listen any worker may answer, and an answer proves nothing: nobody is asked before they have
    /// gone.
    func isDone(for id: String, at time: Duration, ask: () -> String?) -> Bool {
        guard let ready, old.isEmpty || time - ready > Self.longestWaitForOld else { return false }
        return Self.isAnswered(for: id, ask: ask)
    }

    /// Whether nginx answers for a generation as often as is enough.
    static func isAnswered(for id: String, ask: () -> String?) -> Bool {
        (0..<enoughAnswers).allSatisfy { _ in ask() == id }
    }
}
