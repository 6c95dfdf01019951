import Foundation
import TestSupport

/// Compares what nginx does for a request through Postern's configuration with what it does through one written by hand for
/// the same routes, request headers, TLS and log.
enum DataPlaneBenchmark {
    /// - Parameters:
    ///   - sizes: How many hosts there are.
    ///   - measuresRates: Whether requests per second are measured in place of instructions; what else the machine does
    ///     changes them.
    static func run(_ sizes: [Int], measuresRates: Bool) async throws {
        for size in sizes {
            for isLogged in [true, false] {
                let site = try DataPlaneSite(hosts: size, isLogged: isLogged)
                try await TemporaryFolder.use { folder in
                    try site.write(in: folder)
                    try await site.withBackend(in: folder) {
                        try await site.check(in: folder)
                        if measuresRates {
                            try await DataPlaneRates.show(site, in: folder)
                        } else {
                            try await showInstructions(site, in: folder)
                        }
                    }
                }
            }
        }
    }

    private static func showInstructions(_ site: DataPlaneSite, in folder: URL) async throws {
        print(
            "\(site.title): instructions".padding(toLength: 58, withPad: " ", startingAt: 0),
            "by hand     Postern   ratio"
        )
        fflush(nil)
        let hand = try await CountedNginx.counts(of: site, .byHand, in: folder)
        let own = try await CountedNginx.counts(of: site, .postern, in: folder)
        for (hand, own) in zip(hand, own) {
            print(
                "\(hand.request.rawValue), \(hand.place)".padding(toLength: 54, withPad: " ", startingAt: 0)
                    + String(
                        format: "%11.0f %11.0f %7.3f",
                        hand.instructions,
                        own.instructions,
                        hand.instructions / own.instructions
                    )
            )
        }
    }
}
