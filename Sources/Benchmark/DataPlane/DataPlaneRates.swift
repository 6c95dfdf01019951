import Foundation
import NginxTestSupport

/// Measures how many requests a second one worker serves, how long the slowest hundredth of them takes, and the processor
/// time that one takes of the worker, what the kernel does for it included.
enum DataPlaneRates {
    private static let pairs = 13

    /// The two configurations take turns of a second, so that whatever else the machine does slows both, and what is compared
    /// are turns that follow each other.
    static func show(_ site: DataPlaneSite, in folder: URL) async throws {
        DataPlanePairs.show(
            "\(site.title), one worker",
            "   requests a second             ms of 99 %          µs of processor for one"
        )
        DataPlanePairs.show(
            "half of all ratios are between those in parentheses",
            "by hand Postern ratio            by hand Postern ratio  by hand Postern ratio"
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
    ) async throws -> DataPlanePairs {
        func turn(_ author: DataPlaneSite.Author) async throws -> DataPlaneTurn {
            guard let ports = site.ports[author], let workers = try nginx[author]?.workers else {
                throw BenchmarkError.failed("nginx has no workers")
            }
            return try await DataPlaneTurn(of: request, to: host, ports, workers: workers)
        }
        return try await DataPlanePairs(pairs, first: { try await turn(.byHand) }, second: { try await turn(.postern) })
    }

    /// Prints medians; a ratio above one is good.
    private static func show(_ title: String, _ turns: DataPlanePairs) {
        let rates = turns.medians(of: \.requests)
        let slowest = turns.medians(of: \.slowest)
        let times = turns.medians(of: \.processorTime)
        DataPlanePairs.show(
            title,
            String(format: "%7.0f %7.0f ", rates.first, rates.second),
            turns.ratios { $1.requests / $0.requests }.spread,
            String(format: "  %7.2f %7.2f ", slowest.first, slowest.second),
            String(format: "%5.2f ", turns.ratios { $0.slowest / $1.slowest }.median),
            String(format: " %7.1f %7.1f ", times.first, times.second),
            turns.ratios { $0.processorTime / $1.processorTime }.spread
        )
    }
}
