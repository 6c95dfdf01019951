import Synchronization

/// Says that something may have changed, from wherever it is noticed to whoever reconciles.
///
/// Only that there was a change counts: the state is read when it is acted upon.
package final class ChangeSignal: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private let pending = Mutex<(first: Instant, last: Instant)?>(nil)
    private let ticks: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    package init() {
        (ticks, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Says that there was a change.
    package func raise() {
        let now = ContinuousClock.now
        pending.withLock { $0 = ($0?.first ?? now, now) }
        continuation.yield()
    }

    /// Waits for a change, and then until changes rest; returns `false` when the task is cancelled.
    package func wait(gathering window: GatheringWindow) async -> Bool {
        for await _ in ticks where pending.withLock({ $0 != nil }) {
            while let (first, last) = pending.withLock({ $0 }) {
                let now = ContinuousClock.now
                guard let wait = window.wait(sinceFirst: now - first, sinceLast: now - last) else { break }
                guard (try? await Task.sleep(for: wait)) != nil else { return false }
            }
            pending.withLock { $0 = nil }
            return true
        }
        return false
    }
}
