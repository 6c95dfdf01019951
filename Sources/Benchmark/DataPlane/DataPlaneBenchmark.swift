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
            // What the log takes does not depend on the number of hosts, and nginx takes a while to start with very many.
            for isLogged in measuresRates || size > 100 ? [true] : [true, false] {
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
        var started: [CountedNginx] = []
        defer { for nginx in started { nginx.stop() } }
        // Both read their configuration at the same time.
        for author in DataPlaneSite.Author.allCases { started.append(try CountedNginx(of: site, author, in: folder)) }
        for nginx in started { try await nginx.beginCounting() }
        print(
            "\(site.title): instructions".padding(toLength: 58, withPad: " ", startingAt: 0),
            "by hand     Postern   ratio"
        )
        for request in DataPlaneRequest.allCases {
            for place in site.places {
                var counts: [Double] = []
                for nginx in started { counts.append(try await nginx.instructions(of: request, to: place.host)) }
                print(
                    "\(request.rawValue), \(place.name)".padding(toLength: 54, withPad: " ", startingAt: 0)
                        + String(format: "%11.0f %11.0f %7.3f", counts[0], counts[1], counts[0] / counts[1])
                )
                // Each row takes a while.
                fflush(nil)
            }
        }
    }
}
