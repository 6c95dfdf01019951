import ControllerTestSupport
import Foundation
import NginxTestSupport
import TestSupport
import Testing

/// A rolling update of Services that nginx asks Postern for; `make newer` runs it, and `make test` leaves it out.
@Suite(.timeLimit(.minutes(10)))
struct NamedEndpointRollingTests {
    /// In seconds, five times what it takes on a machine with time for it.
    private static let limit = 10.0

    @Test func `a rolling update costs no request and no reload, and nobody asks for what is gone`() async throws {
        let program = EndpointSite.program
        try #require(FileManager.default.isExecutableFile(atPath: program), "no newer nginx is named; run `make newer`")
        try await ControllerSite.use { site in
            try await RollingServices.use(4, endpoints: 3, on: site) { rolling in
                let options = ["--nginx", program, "--endpoints", "dns"] + RollingManifests.options
                _ = try await site.run(options) { _ in
                    for path in rolling.paths {
                        try await eventually("\(path) serves") {
                            (try? await site.ask(RollingManifests.host, path)) == "200"
                        }
                    }
                    try await eventually("the swap is told") { site.status?.generation != nil }
                    let (workers, swaps) = (site.workers, site.status?.swaps.count)
                    let (times, report) = try await Self.replaceAll(of: rolling)
                    #expect(report.failures == 0 && report.requests > 0, "\(report)")
                    #expect(site.workers == workers && !workers.isEmpty)
                    #expect(site.status?.swaps.count == swaps)
                    let asked = try rolling.asked()
                    #expect(times.count == 24)
                    for (endpoint, time) in times {
                        let asked = try #require(asked[endpoint], "\(endpoint) was never asked")
                        if let start = time.start {
                            #expect((0..<Self.limit).contains(asked.first - start), "\(endpoint)")
                        }
                        if let end = time.end { #expect(asked.last - end < Self.limit, "\(endpoint)") }
                    }
                }
            }
        }
    }

    /// Replaces all endpoints while clients come by connections of all kinds.
    private static func replaceAll(
        of rolling: RollingServices
    ) async throws -> ([String: RollingServices.Time], LoadReport) {
        let load = LoadGenerator(
            to: RollingManifests.host,
            paths: rolling.paths,
            at: "127.0.0.1",
            httpPort: Int(rolling.site.httpPort),
            httpsPort: Int(rolling.site.httpsPort),
            connections: 4
        )
        var times: [String: RollingServices.Time] = [:]
        var reports: [LoadReport] = []
        let first = try await load.run(.newConnections) {
            let second = try await load.run(.keptConnections) {
                let third = try await load.run(.http2) {
                    times = try await rolling.replaceAll()
                    // Whatever is asked after that is asked too late.
                    try await Task.sleep(for: .seconds(limit + 1))
                }
                reports.append(third)
            }
            reports.append(second)
        }
        return (times, reports.reduce(into: first) { $0 += $1 })
    }
}
