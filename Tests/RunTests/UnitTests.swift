import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// The units of `Packaging/systemd` leave Postern and nginx as much as they need.
@Suite(.timeLimit(.minutes(10)))
struct UnitTests {
    private static let units = ["postern.service", "postern-supervised.service", "nginx.service.d/postern.conf"]

    @Test(arguments: units)
    func `a unit writes no core, has as many files as the configuration asks for, and few of root's powers`(
        _ unit: String
    ) throws {
        #expect(try Self.setting("LimitCORE", of: unit) == "0")
        let configuration = try String(
            contentsOf: PackageRoot.url.appending(path: "Fixtures/baseline/expected/nginx.conf"),
            encoding: .utf8
        )
        let limit = try Self.setting("LimitNOFILE", of: unit)
        #expect(configuration.contains("worker_rlimit_nofile \(limit ?? "");"))
        let powers = try #require(try Self.setting("CapabilityBoundingSet", of: unit))
        #expect(!powers.contains("CAP_SYS") && !powers.contains("~") && !powers.isEmpty)
    }

    @Test(.enabled(if: getuid() == 0))
    func `the powers of the supervised unit are enough to serve, to change and to end`() async throws {
        try await ControllerSite.use { site in
            var site = site
            site.capabilities = try Self.powers(of: "postern-supervised.service")
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            let end = try await site.run { postern in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                try await site.awaitAnswer("302 /v2", of: "a.example")
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
            #expect(end.status == .exited(0), "\(end.log)")
            #expect(!isAlive(site.master))
        }
    }

    @Test(.enabled(if: getuid() == 0))
    func `the powers of the unit beside a packaged nginx are enough to have it serve each change`() async throws {
        try await ControllerSite.use { site in
            var site = site
            site.ownership = .external(processIDFile: "\(site.folder)/nginx.pid")
            site.capabilities = try Self.powers(of: "postern.service")
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { postern in
                try await postern.awaitLog("is ready; no nginx runs")
                try await site.runExternalNginx { _ in
                    try await site.awaitAnswer("302 /v1", of: "a.example")
                    try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                    try await site.awaitAnswer("302 /v2", of: "a.example")
                    try await postern.awaitLog(" serves: ")
                }
            }
        }
    }

    private static func powers(of unit: String) throws -> [String] {
        try #require(try setting("CapabilityBoundingSet", of: unit)).split(separator: " ").map(String.init)
    }

    /// The value of a setting that stands once.
    private static func setting(_ name: String, of unit: String) throws -> String? {
        let file = PackageRoot.url.appending(path: "Packaging/systemd/\(unit)")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter {
            $0.hasPrefix("\(name)=")
        }
        return lines.count == 1 ? String(lines[0].dropFirst(name.count + 1)) : nil
    }
}
