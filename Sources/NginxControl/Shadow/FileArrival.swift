import FileWatching
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

    /// Throws when the task is cancelled, also where that is why the process has ended.
    func wait(for file: String, of process: Int32, within time: Duration) throws -> Outcome {
        let outcome = look(for: file, of: process, until: .now + time)
        try Task.checkCancellation()
        return outcome
    }

    private func look(for file: String, of process: Int32, until deadline: ContinuousClock.Instant) -> Outcome {
        let start = ContinuousClock.now
        guard let entry = ProcessEntry(process) else { return .ended }
        let end = ProcessEnd(of: entry)
        let watch = PathWatch.newFiles(in: (file as NSString).deletingLastPathComponent)
        while access(file, F_OK) != 0 {
            let now = ContinuousClock.now
            guard now < deadline, !Task.isCancelled else { return .late }
            // Where nobody says when to look, a long start needs no look to the millisecond.
            let interval = min(max((now - start) / 24, .milliseconds(3)), .milliseconds(25))
            let wait = watch.descriptor == nil ? interval : Self.longestWait
            // Who ends after that was ready for a moment.
            if end.comes(within: wait, orReadable: watch.descriptor) {
                return access(file, F_OK) == 0 ? .arrived : .ended
            }
            _ = watch.hasEvents()
        }
        return .arrived
    }

    /// After that it is seen that the task is cancelled, or a process has ended that has no descriptor.
    private static let longestWait = Duration.milliseconds(200)
}
