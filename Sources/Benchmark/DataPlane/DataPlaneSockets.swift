import Foundation
import NginxTestSupport
import TestSupport

/// Measures what it gives that each of several workers has a socket of its own.
enum DataPlaneSockets {
    private static let pairs = 10

    static func run(workers: Int) async throws {
        let shared = try DataPlaneSite(hosts: 100, isLogged: true, workers: workers, sharesSockets: true)
        let own = try DataPlaneSite(hosts: 100, isLogged: true, workers: workers)
        try await serve(shared) { first in
            try await serve(own) { second in
                DataPlanePairs.show(
                    "\(workers) workers",
                    "requests a second             ms of 99 %  served by the busiest worker"
                )
                DataPlanePairs.show(
                    "half of all ratios are between those in parentheses",
                    " shared     own ratio             shared    own  shared    own"
                )
                for request in DataPlaneRequest.allCases where request != .resumedTLS {
                    let turns = try await DataPlanePairs(
                        pairs,
                        first: { try await turn(first, request) },
                        second: { try await turn(second, request) }
                    )
                    show(request.rawValue, turns)
                }
            }
        }
    }

    private struct Served {
        var site: DataPlaneSite
        var nginx: LiveNginx
    }

    private static func serve(_ site: DataPlaneSite, _ body: (Served) async throws -> Void) async throws {
        try await TemporaryFolder.use { folder in
            try site.write(in: folder)
            try await site.withBackend(in: folder) {
                try await LiveNginx.run(in: site.folder(of: .postern, in: folder)) { nginx in
                    try await body(Served(site: site, nginx: nginx))
                }
            }
        }
    }

    private static func turn(_ served: Served, _ request: DataPlaneRequest) async throws -> DataPlaneTurn {
        guard let ports = served.site.ports[.postern], let place = served.site.places.first else {
            throw BenchmarkError.failed("nginx has no ports")
        }
        return try await DataPlaneTurn(of: request, to: place.host, ports, workers: served.nginx.workers)
    }

    private static func show(_ title: String, _ turns: DataPlanePairs) {
        let requests = turns.medians(of: \.requests)
        let slowest = turns.medians(of: \.slowest)
        let shares = turns.medians(of: \.busiestShare)
        DataPlanePairs.show(
            title,
            String(format: "%7.0f %7.0f ", requests.first, requests.second),
            turns.ratios { $1.requests / $0.requests }.spread,
            String(format: " %7.2f%7.2f", slowest.first, slowest.second),
            String(format: "   %4.0f %% %4.0f %%", shares.first * 100, shares.second * 100)
        )
    }
}
