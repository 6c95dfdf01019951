import Foundation
import TextCoding

/// The fields of a Lease that say who leads.
///
/// See [Lease](https://kubernetes.io/docs/concepts/architecture/leases/#leader-election).
struct Lease: Sendable, Hashable, Codable {
    var apiVersion = "coordination.k8s.io/v1"
    var kind = "Lease"
    var metadata: Metadata
    var spec: Spec

    struct Metadata: Sendable, Hashable, Codable {
        var name: String
        var namespace: String
        /// Names the state that a change is made to; another state is a conflict.
        var resourceVersion: String?
    }

    struct Spec: Sendable, Hashable, Codable {
        /// Empty or `nil` where nobody leads.
        var holderIdentity: String?
        var leaseDurationSeconds: Int?
        var acquireTime: String?
        /// Told for people; whether a lease is over is judged by when it was last seen to change.
        var renewTime: String?
        var leaseTransitions: Int?

        /// The identity of the leader; `nil` for none.
        var holder: String? { holderIdentity.flatMap { $0.isEmpty ? nil : $0 } }
    }
}

/// A time as Leases have it: to the microsecond, in UTC.
enum MicroTime {
    static func text(_ date: Date) -> String {
        let microseconds = Int((date.timeIntervalSince1970 * 1_000_000).rounded(.down))
        let remainder = microseconds % 1_000_000
        let fraction = remainder < 0 ? remainder + 1_000_000 : remainder
        return UTCTimestamp(Int64((microseconds - fraction) / 1_000_000)).description(microseconds: fraction)
    }
}
