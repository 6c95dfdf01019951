import Foundation

/// Waits for a file that a process makes as soon as it is ready.
///
/// On a thread of its own: a timer of the runtime costs several times what is done between two looks.
actor FileArrival {
    enum Outcome: Sendable, Hashable {
        case arrived
        /// The process has ended without.
        case ended
        case late
    }

    private let thread = ThreadExecutor("postern.start")

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Throws when the task is cancelled.
    func wait(for file: String, of process: Int32, within time: Duration) throws -> Outcome {
        let start = ContinuousClock.now
        guard let entry = ProcessEntry(process) else { return .ended }
        let end = ProcessEnd(of: entry)
        while access(file, F_OK) != 0 {
            try Task.checkCancellation()
            let elapsed = ContinuousClock.now - start
            guard elapsed < time else { return .late }
            // A long start needs no look to the millisecond.
            if end.comes(within: min(max(elapsed / 12, .milliseconds(3)), .milliseconds(50))) { return .ended }
        }
        return .arrived
    }
}
