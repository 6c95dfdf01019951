import Foundation

/// How soon endpoints are asked after they have come, and for how long after they have gone.
struct ServingTimes {
    /// In seconds, from when an endpoint comes to its first request.
    private var first: [Double] = []
    /// In seconds, from when an endpoint goes to its last request.
    private var last: [Double] = []
    /// How many of all took longer than ``limit``, or were never asked.
    private var late = 0

    private static let limit = 2.0

    /// - Parameter arrivals: When each endpoint was asked.
    init(of events: [RollingSite.Event], in arrivals: [String: [Double]]) {
        for event in events {
            let times = arrivals[event.endpoint] ?? []
            if event.comes {
                let first = times.min().map { $0 - event.time }
                self.first += first.map { [$0] } ?? []
                late += first.map { $0 > Self.limit } ?? true ? 1 : 0
            } else {
                let last = max(0, (times.max() ?? 0) - event.time)
                self.last.append(last)
                late += last > Self.limit ? 1 : 0
            }
        }
    }

    var text: String {
        let (first, last) = (Sample(first), Sample(last))
        return String(
            format: "%4.2f (%4.2f) %4.2f (%4.2f) %6d",
            first.median,
            first.maximum,
            last.median,
            last.maximum,
            late
        )
    }
}
