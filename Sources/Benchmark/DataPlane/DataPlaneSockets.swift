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
                print(
                    "\(workers) workers".padding(toLength: 53, withPad: " ", startingAt: 0)
                        + "requests a second             ms of 99 %  served by the busiest worker"
                )
                print(
                    "half of all ratios are between those in parentheses".padding(
                        toLength: 53,
                        withPad: " ",
                        startingAt: 0
                    )
                        + " shared     own ratio             shared    own  shared    own"
                )
                for request in DataPlaneRequest.allCases where request != .resumedTLS {
                    var turns: [(DataPlaneTurn, DataPlaneTurn)] = []
                    for number in 0..<pairs {
                        let earlier = try await turn(number.isMultiple(of: 2) ? first : second, request)
                        let later = try await turn(number.isMultiple(of: 2) ? second : first, request)
                        turns.append(number.isMultiple(of: 2) ? (earlier, later) : (later, earlier))
                    }
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

    private static func show(_ title: String, _ turns: [(DataPlaneTurn, DataPlaneTurn)]) {
        let ratios = Sample(turns.map { $1.requests / $0.requests })
        func median(_ value: (DataPlaneTurn) -> Double) -> (shared: Double, own: Double) {
            (Sample(turns.map { value($0.0) }).median, Sample(turns.map { value($0.1) }).median)
        }
        let requests = median(\.requests)
        let slowest = median(\.slowest)
        let shares = median(\.busiestShare)
        print(
            title.padding(toLength: 53, withPad: " ", startingAt: 0)
                + String(format: "%7.0f %7.0f ", requests.shared, requests.own)
                + String(format: "%5.3f (%4.2f-%4.2f)", ratios.median, ratios.lowerQuartile, ratios.upperQuartile)
                + String(format: " %7.2f%7.2f", slowest.shared, slowest.own)
                + String(format: "   %4.0f %% %4.0f %%", shares.shared * 100, shares.own * 100)
        )
        // Each row takes a while.
        fflush(nil)
    }
}
