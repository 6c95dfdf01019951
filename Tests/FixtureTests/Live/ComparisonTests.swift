import ArgumentParser
import CurlTestSupport
import Diagnostics
import Foundation
import NginxRendering
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

@testable import Commands

/// Two running nginx, of which one stands for the ingress-nginx that is to be replaced.
@Suite(.timeLimit(.minutes(10))) struct ComparisonTests {
    private static let fixture = Fixture(name: "rewrite-beside-plain-paths")

    /// Compares the fixture's nginx with one of a changed configuration; both have a change that they share.
    private func compare(
        _ options: String...,
        both: @escaping (inout Configuration) throws -> Void = { _ in },
        old change: (inout Configuration) throws -> Void = { _ in },
        body: (ComparisonReport, _ requests: [String]) throws -> Void
    ) async throws {
        try await LiveFixture.run(Self.fixture, changing: both) { live in
            let address = try LoopbackAddress.unique()
            try await TemporaryFolder.use { folder in
                var old = try live.served.live(at: address, in: folder)
                try change(&old)
                let renderer = try await Self.fixture.livePipeline.renderer
                try GenerationWriter.write(renderer.render(old), to: path(of: folder))
                try await LiveNginx.run(in: folder) { _ in
                    let ports = "\(LivePorts.http),\(LivePorts.https)"
                    let input = path(of: Self.fixture.folder.appending(path: "input"))
                    let migrate = try Migrate.parse(
                        ["--rate", "1000"] + options
                            + ["--compare", "\(address):\(ports)", "\(live.nginxAddress):\(ports)", input]
                    )
                    let comparison = try await migrate.comparison(of: migrate.report().0)
                    let log = folder.appending(path: LivePlaces.accessLog)
                    let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init)
                    try body(comparison, lines)
                }
            }
        }
    }

    private static func answer(_ status: Int, at path: String) -> (inout Configuration) throws -> Void {
        { configuration in
            let status = try #require(StatusCode(status))
            try configuration.changeLocations { location in
                if location.path.text == path, location.origin != nil { location.action = .status(status) }
            }
        }
    }

    @Test func `the same configuration has no difference, and only GET is sent`() async throws {
        try await compare { comparison, requests in
            #expect(comparison.differences.isEmpty, "\(comparison.text)")
            #expect(comparison.sameCount == comparison.requestCount)
            #expect(comparison.requestCount > 10)
            #expect(!requests.isEmpty && requests.count <= comparison.requestCount)
            #expect(requests.allSatisfy { $0.contains("\"GET ") })
        }
    }

    @Test func `paths that ingress-nginx takes for expressions are wanted differences`() async throws {
        try await compare(both: Self.answer(410, at: "/api")) { old in
            try old.changeLocations { location in
                guard case .exact(let path) = location.path, location.origin != nil else { return }
                location.path = .expression(try RegularExpression(path.value))
            }
        } body: { comparison, _ in
            #expect(comparison.differences(of: .unexplained).isEmpty, "\(comparison.text)")
            let wanted = comparison.differences(of: .wanted)
            let found = try #require(wanted.first { $0.request == "GET http://shop.example/apix" })
            #expect(found.aspects.first { $0.name == "status" }?.old == "410")
            #expect(found.aspects.first { $0.name == "status" }?.new == "200")
            #expect(found.reason?.contains("ignores case") ?? false)
        }
    }

    @Test func `what nothing accounts for is told with its route and what the manifests ask for`() async throws {
        try await compare(old: Self.answer(500, at: "/api")) { comparison, _ in
            let unexplained = comparison.differences(of: .unexplained)
            #expect(Set(unexplained.map(\.request)) == ["GET http://shop.example/api", "GET https://shop.example/api"])
            #expect(unexplained.allSatisfy { $0.route == "shop.example/api" && $0.expected == "shop/api-root:80" })
            #expect(unexplained.allSatisfy { $0.place?.position?.line == 41 })
            #expect(comparison.text.contains("      status: 500 -> 200\n"))
            let json = try ComparisonRecord(comparison).printedJSON()
            #expect(json.contains("\"kind\" : \"unexplained\""))
        }
    }

    @Test func `default certificates are each controller's own`() async throws {
        let other = try FallbackCertificate.load()
        try await compare(
            old: { old in
                old.privateFiles = old.privateFiles.map { $0.file == old.fallbackCertificate ? other : $0 }
            }
        ) { comparison, _ in
            #expect(comparison.differences(of: .unexplained).isEmpty, "\(comparison.text)")
            let wanted = comparison.differences(of: .wanted)
            #expect(!wanted.isEmpty, "\(comparison.summary)")
            #expect(wanted.allSatisfy { $0.aspects.map(\.name) == ["certificate"] && $0.request.contains("https:") })
        }
    }

    @Test func `the number of requests and their rate are bounded`() async throws {
        let start = ContinuousClock.now
        try await compare("--max-requests", "6", "--rate", "10") { comparison, requests in
            #expect(comparison.requestCount == 6)
            #expect(requests.count <= 6)
            #expect(comparison.omittedCount == 42)
            #expect(comparison.summary.contains("more are left out: --max-requests"))
            #expect(ContinuousClock.now - start > .milliseconds(500))
        }
    }

    @Test func `other methods are sent where they are asked for`() async throws {
        try await compare("--methods", "HEAD,OPTIONS") { comparison, requests in
            #expect(comparison.differences.isEmpty, "\(comparison.text)")
            let methods = Set(requests.compactMap { $0.split(separator: "\"").dropFirst().first?.prefix { $0 != " " } })
            #expect(methods == ["HEAD", "OPTIONS"])
        }
    }
}

extension Configuration {
    fileprivate mutating func changeLocations(_ change: (inout Location) throws -> Void) throws {
        for server in servers.indices {
            for location in servers[server].locations.indices { try change(&servers[server].locations[location]) }
        }
    }
}

extension LiveFixture {
    /// The address at which nginx listens.
    fileprivate var nginxAddress: String { client.address }
}
