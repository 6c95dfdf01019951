import Foundation
import NginxTestSupport

/// Measures how many requests a second one worker serves, how long the slowest hundredth of them takes, and the processor
/// time that one takes of the worker, what the kernel does for it included.
enum DataPlaneRates {
    private static let pairs = 13

    /// The two configurations take turns of a second, so that whatever else the machine does slows both, and what is compared
    /// are turns that follow each other.
    static func show(_ site: DataPlaneSite, in folder: URL) async throws {
        print(
            "\(site.title), one worker".padding(toLength: 56, withPad: " ", startingAt: 0)
                + "requests a second             ms of 99 %          µs of processor for one"
        )
        print(
            "half of all ratios are between those in parentheses".padding(toLength: 53, withPad: " ", startingAt: 0)
                + "by hand Postern ratio            by hand Postern ratio  by hand Postern ratio"
        )
        try await LiveNginx.run(in: site.folder(of: .byHand, in: folder)) { hand in
            try await LiveNginx.run(in: site.folder(of: .postern, in: folder)) { own in
                for request in DataPlaneRequest.allCases where request != .resumedTLS {
                    for place in site.places {
                        let turns = try await turns(of: request, to: place.host, site, [.byHand: hand, .postern: own])
                        show("\(request.rawValue), \(place.name)", turns)
                    }
                }
            }
        }
    }

    private static func turns(
        of request: DataPlaneRequest,
        to host: String,
        _ site: DataPlaneSite,
        _ nginx: [DataPlaneSite.Author: LiveNginx]
    ) async throws -> [(hand: DataPlaneTurn, own: DataPlaneTurn)] {
        func turn(_ author: DataPlaneSite.Author) async throws -> DataPlaneTurn {
            guard let ports = site.ports[author], let workers = try nginx[author]?.workers else {
                throw BenchmarkError.failed("nginx has no workers")
            }
            return try await DataPlaneTurn(of: request, to: host, ports, workers: workers)
        }
        var turns: [(hand: DataPlaneTurn, own: DataPlaneTurn)] = []
        for number in 0..<pairs {
            if number.isMultiple(of: 2) {
                let hand = try await turn(.byHand)
                turns.append((hand, try await turn(.postern)))
            } else {
                let own = try await turn(.postern)
                turns.append((try await turn(.byHand), own))
            }
        }
        return turns
    }

    private static func show(_ title: String, _ turns: [(hand: DataPlaneTurn, own: DataPlaneTurn)]) {
        let rates = Medians(turns.map { ($0.hand.requests, $0.own.requests) }) { $1 / $0 }
        let slowest = Medians(turns.map { ($0.hand.slowest, $0.own.slowest) }) { $0 / $1 }
        let times = Medians(turns.map { ($0.hand.processorTime, $0.own.processorTime) }) { $0 / $1 }
        print(
            title.padding(toLength: 53, withPad: " ", startingAt: 0)
                + String(format: "%7.0f %7.0f ", rates.hand, rates.own) + rates.ratios
                + String(format: "  %7.2f %7.2f %5.2f ", slowest.hand, slowest.own, slowest.ratio)
                + String(format: " %7.1f %7.1f ", times.hand, times.own) + times.ratios
        )
        // Each row takes a while.
        fflush(nil)
    }

    /// Medians of what was measured in pairs; a ratio above one is good.
    private struct Medians {
        let hand: Double
        let own: Double
        let ratio: Double
        let ratios: String

        init(_ pairs: [(hand: Double, own: Double)], ratio: (Double, Double) -> Double) {
            hand = Sample(pairs.map(\.hand)).median
            own = Sample(pairs.map(\.own)).median
            let ratios = Sample(pairs.map { ratio($0.hand, $0.own) })
            self.ratio = ratios.median
            self.ratios = String(
                format: "%5.3f (%4.2f-%4.2f)",
                ratios.median,
                ratios.lowerQuartile,
                ratios.upperQuartile
            )
        }
    }
}
