import KubernetesModel

/// Decides which events are sent, so that nobody is told the same again and again; holds no clock and no client.
///
/// A finding that stands is told once, and again before the API server forgets it (after an hour, unless it is set
/// otherwise). Of one object only so many are told in a time, and of all of them together.
struct EventTable: Sendable {
    typealias Instant = ContinuousClock.Instant

    struct Entry: Sendable, Hashable {
        var subject: EventSubject
        var note: EventNote
    }

    private static let refreshPeriod = Duration.seconds(30 * 60)
    /// As client-go's filter has it.
    private static let burst = 25
    private static let interval = Duration.seconds(300)

    private var standing: [Entry: Instant] = [:]
    private var buckets: [String: TokenBucket] = [:]
    private var all: TokenBucket
    /// When to look again for buckets that are full, which stand for nothing: to look at all of them at each call would
    /// cost more than the call.
    private var nextPruning: Instant

    init(now: Instant) {
        all = TokenBucket(burst: 500, interval: .milliseconds(100), now: now)
        nextPruning = now + Self.interval
    }

    /// Returns the events to send, of all that hold now.
    ///
    /// Events that are refused for the moment, because their object has had too many, are tried with the next call.
    mutating func due(_ entries: [Entry], now: Instant) -> [Entry] {
        var reported: [Entry: Instant] = [:]
        var due: [Entry] = []
        for entry in entries where reported[entry] == nil {
            if let last = standing[entry], last + Self.refreshPeriod > now {
                reported[entry] = last
            } else if allows(entry.subject, now) {
                reported[entry] = now
                due.append(entry)
            }
        }
        standing = reported
        prune(now)
        return due
    }

    private mutating func prune(_ now: Instant) {
        guard nextPruning <= now else { return }
        nextPruning = now + Self.interval
        buckets = buckets.filter { !$0.value.isFull(now: now) }
    }

    /// Something that happened once, if it may be told.
    mutating func allows(_ subject: EventSubject, _ now: Instant) -> Bool {
        let full = TokenBucket(burst: Self.burst, interval: Self.interval, now: now)
        return buckets[subject.identity.uid, default: full].take(now: now) && all.take(now: now)
    }

    /// Makes an event due again that could not be sent.
    mutating func forget(_ entry: Entry) {
        standing[entry] = nil
    }
}
