import Foundation

/// How soon endpoints are asked after they have come, and for how long after they have gone.
struct ServingTimes {
    /// In seconds, from when an endpoint comes to its first request.
    private var first: [Double] = []
    /// In seconds, from when an endpoint goes to its last request.
    private var last: [Double] = []
    /// How many of all took longer than ``limit``, though their Services were asked often enough meanwhile.
    private var late = 0

    private static let limit = 2.0
    /// By so many requests every endpoint of a Service is asked: twice as many as there are endpoints while one is replaced.
    private static let round = 22

    /// - Parameter arrivals: When each endpoint was asked.
    init(of events: [RollingSite.Event], in arrivals: [String: [Double]]) {
        // The port is the Service's.
        let services = Dictionary(grouping: arrivals) { $0.key.split(separator: ":").last ?? "" }
        let requests = services.mapValues { $0.flatMap(\.value) }
        for event in events {
            let times = arrivals[event.endpoint] ?? []
            if event.comes {
                let first = times.min()
                self.first += first.map { [$0 - event.time] } ?? []
                // Whoever is asked rarely is asked late, however soon nginx knows.
                let wait = (event.time + Self.limit)..<max(event.time + Self.limit, first ?? .infinity)
                let service = requests[event.endpoint.split(separator: ":").last ?? ""] ?? []
                late += service.count { wait.contains($0) } >= Self.round ? 1 : 0
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
