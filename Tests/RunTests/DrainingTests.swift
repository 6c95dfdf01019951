import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Old workers finish what they have begun, but do not pile up.
@Suite(.timeLimit(.minutes(10)))
struct DrainingTests {
    private static let reloads = 8

    /// - Parameter bound: Of how many reloads workers drain at once: nothing bounds those that have just begun to.
    @Test(arguments: [("--draining-reloads", "2", bound: 2), ("--draining-memory", "1k", bound: 1)])
    func `a storm of reloads keeps only so many old workers whose clients never finish`(
        _ option: String,
        _ value: String,
        bound: Int
    ) async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a", to: "/v0"), to: "a.yaml")
            _ = try await site.run([option, value]) { _ in
                try await site.awaitFirstSwap("302 /v0", of: "a.example")
                let serving = site.workers.count
                try await Self.reload(site, 1...Self.reloads, workers: serving, bound)
            }
        }
    }

    /// Holds a request open at each worker of each generation, and lets the next one go live.
    private static func reload(
        _ site: ControllerSite,
        _ numbers: ClosedRange<Int>,
        workers serving: Int,
        _ bound: Int
    ) async throws {
        try await RawConnection.use(to: "127.0.0.1", port: site.httpPort) { connection in
            try await connection.write(Array("GET / HTTP/1.1\r\nHost: a.example\r\n".utf8))
            try site.write(Manifest.ingress("a", to: "/v\(numbers.lowerBound)"), to: "a.yaml")
            try await eventually("it is settled") {
                site.status?.swaps.count == numbers.lowerBound + 1
            }
            #expect(site.workers.count <= serving + serving * bound)
            guard numbers.count > 1 else {
                // The youngest of them are let finish.
                #expect(site.workers.count > serving)
                return
            }
            try await reload(site, (numbers.lowerBound + 1)...numbers.upperBound, workers: serving, bound)
        }
    }
}
