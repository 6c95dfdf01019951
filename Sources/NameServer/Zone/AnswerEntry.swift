import NginxSyntax
import Synchronization

/// A record with its answers, and when they were last given.
final class AnswerEntry: Sendable {
    let record: EndpointZone.Record
    let ipv4: RecordSet
    let ipv6: RecordSet
    /// When the name was last asked for: what its earlier records share.
    let asked: InstantCell
    /// When this record was last given.
    let told = InstantCell()

    init(_ record: EndpointZone.Record, after earlier: AnswerEntry?) {
        self.record = record
        ipv4 = RecordSet(record, .ipv4)
        ipv6 = RecordSet(record, .ipv6)
        asked = earlier?.asked ?? InstantCell()
    }
}

/// The last time of something, which any thread may set and ask for.
final class InstantCell: Sendable {
    /// In nanoseconds after the origin; 0 is never.
    private let time = Atomic<Int64>(0)

    /// Before every time that is set.
    private static let origin = ContinuousClock.now - .seconds(1)

    var instant: ContinuousClock.Instant? {
        let nanoseconds = time.load(ordering: .relaxed)
        return nanoseconds == 0 ? nil : Self.origin + .nanoseconds(nanoseconds)
    }

    func set(_ instant: ContinuousClock.Instant) {
        time.store(Int64((instant - Self.origin) / .nanoseconds(1)), ordering: .relaxed)
    }
}
