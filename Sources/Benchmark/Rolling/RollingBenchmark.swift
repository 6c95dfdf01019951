import Foundation
import NginxTestSupport
import TestSupport

/// Counts the requests that are lost while all endpoints of many Services are replaced one after the other, as rolling
/// updates do, and measures how soon nginx follows.
enum RollingBenchmark {
    private static let services = 50
    private static let endpoints = 10

    /// - Parameter programs: The nginx to measure with, one after the other.
    static func run(_ programs: [String]) async throws {
        print(
            "nginx    connections                               reloads   requests   failed   new after   old until   late"
        )
        for program in programs.isEmpty ? ["nginx"] : programs {
            let nginx = program.hasPrefix("/") ? Tool(at: program) : try Tool(program)
            let version = try await version(of: nginx)
            for kind in LoadGenerator.Kind.allCases {
                let outcome = try await measure(kind, with: nginx)
                print(
                    version.padding(toLength: 8, withPad: " ", startingAt: 0),
                    kind.rawValue.padding(toLength: 40, withPad: " ", startingAt: 0),
                    String(format: "%8d", outcome.reloads),
                    String(format: "%10d %8d", outcome.load.requests, outcome.load.failures),
                    outcome.times.text
                )
            }
        }
        print(
            "of \(services) Services with \(endpoints) endpoints each, replaced one by one; seconds, the median (the maximum)"
        )
    }

    private struct Outcome {
        var load: LoadReport
        var reloads: Int
        var times: ServingTimes
    }

    private static func measure(_ kind: LoadGenerator.Kind, with nginx: Tool) async throws -> Outcome {
        let folder = URL(filePath: "/tmp/postern-benchmark-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let site = try RollingSite(in: folder, services: services, endpoints: endpoints)
        return try await LiveNginx.run(in: site.backends) { _ in
            let port = "\(try FreePort.find())"
            let options =
                ["--nginx", nginx.path, "--endpoints-port", port, "--sync-period", "1"] + RollingManifests.options
            let postern = try PosternProcess(on: site.manifests, in: folder, options: options)
            defer { postern.stop() }
            _ = try postern.nextSwap(after: nil)
            let generator = LoadGenerator(
                to: RollingManifests.host,
                paths: site.services.paths,
                at: "127.0.0.1",
                httpPort: Int(postern.httpPort),
                httpsPort: Int(postern.httpsPort)
            )
            let before = site.reloads
            var events: [RollingSite.Event] = []
            let load = try await generator.run(kind) { events = try await site.replaceAll() }
            return Outcome(
                load: load,
                reloads: site.reloads - before,
                times: ServingTimes(of: events, in: try site.arrivals())
            )
        }
    }

    private static func version(of nginx: Tool) async throws -> String {
        let outcome = try await nginx.run(["-v"])
        return (outcome.text + outcome.errors).split(whereSeparator: { $0 == "/" || $0 == "\n" }).dropFirst().first
            .map { String($0.prefix { $0 != " " }) } ?? nginx.path
    }
}
