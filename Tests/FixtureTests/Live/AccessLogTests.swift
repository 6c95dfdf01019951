import CurlTestSupport
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct AccessLogTests {
    /// The log lines of ingress-nginx for these requests, with the status and the name of the backend.
    private static let logged = [
        "GET http://several.example/web": "200 shop-web-80",
        "GET http://several.example/none": "503 shop-none-http",
        "GET http://several.example/other": "404 upstream-default-backend",
        "GET http://several.example/": "302 -",
        "GET http://guarded.example/": "503 shop-web-80",
        "GET http://denied.example/": "403 shop-web-80",
        "OPTIONS http://denied.example/": "204 shop-web-80",
        "GET http://shop.example/a": "308 shop-web-80",
        "GET https://shop.example/a": "200 shop-web-80",
    ]

    private static let notLogged = [
        "GET http://unknown.example/", "GET http://unknown.example/healthz", "GET http://unknown.example/nginx_status",
    ]

    @Test func `the log names backends as that of ingress-nginx does, and leaves strangers out`() async throws {
        let fixture = try #require(Fixture.all.first { $0.name == "access-log" })
        try await LiveFixture.run(fixture) { live in
            for request in Self.notLogged + Self.logged.keys.sorted() {
                _ = try await live.client.send(try #require(CurlRequest(request)))
            }
            let expected = Self.logged.keys.sorted().compactMap { Self.logged[$0] }
            try await eventually("all requests are logged") { try live.logLines.count >= expected.count }
            #expect(try live.logLines == expected)
        }
    }

    /// The backend and the canary that a line of a log names.
    private typealias Named = @Sendable (_ line: String) throws -> [String]

    private static let ofDefault: Named = { line in
        // Each value as collectors of logs look for it.
        let values =
            #/^127\.\S+ - - \[[^\]]+\] "GET / HTTP/1\.1" 200 \d+ "-" "[^"]*" \d+ [\d.]+ \[(\S*)\] \[(\S*)\] \S+ \d+ [\d.]+ 200 \w{32}$/#
        let match = try #require(line.wholeMatch(of: values), "\(line)")
        return [String(match.1), String(match.2)]
    }

    private static let ofJSON: Named = { line in
        let values = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        return try ["upstream", "canary"].map { try #require(values[$0] as? String) }
    }

    @Test(arguments: [
        ("access-log-of-ingress-nginx", ofDefault), ("access-log-json", ofJSON), ("access-log-json-texts", ofJSON),
    ])
    private func `formats of users name the backend, and the canary that takes a request`(
        _ name: String,
        _ named: Named
    ) async throws {
        let fixture = try #require(Fixture.all.first { $0.name == name })
        try await LiveFixture.run(fixture) { live in
            for value in ["always", "never"] {
                var request = try #require(CurlRequest("GET http://shop.example/"))
                request.headers.append(("X-Canary", value))
                _ = try await live.client.send(request)
            }
            try await eventually("both requests are logged") { try live.lines.count >= 2 }
            #expect(try live.lines.map(named) == [["shop-main-80", "shop-canary-80"], ["shop-main-80", ""]])
        }
    }

    @Test func `a line in another format is JSON and names the Ingress, whatever the client sends`() async throws {
        let fixture = try #require(Fixture.all.first { $0.name == "access-log-format" })
        try await LiveFixture.run(fixture) { live in
            let agent = #"a"b\c 'd"#
            for line in [
                "GET http://shop.example/healthz", "GET http://shop.example/quiet/please", "GET http://silent.example/",
                "GET http://shop.example/a", "GET http://shop.example/none", "GET http://unknown.example/",
            ] {
                var request = try #require(CurlRequest(line))
                request.headers.append(("User-Agent", agent))
                _ = try await live.client.send(request)
            }
            try await eventually("all requests are logged") { try live.entries.count >= 3 }
            let entries = try live.entries
            #expect(entries.map(\.ingress) == ["shop/web", "shop/web", "/"])
            #expect(entries.map(\.service) == ["web:80", "none:http-alt", ":"])
            #expect(entries.map(\.path) == ["/", "/none", "/"])
            #expect(entries.map(\.status) == [200, 200, 404])
            #expect(entries.map(\.upstream) == ["shop-web-80", "shop-none-http-alt", "upstream-default-backend"])
            #expect(entries.allSatisfy { $0.agent == agent && $0.id.count == 32 })
        }
    }
}

/// A line of the log of the fixture `access-log-format`.
private struct LogEntry: Decodable {
    var status: Int
    var agent: String
    var upstream: String
    var ingress: String
    var service: String
    var path: String
    var id: String
}

extension LiveFixture {
    fileprivate var lines: [String] {
        get throws { try String(contentsOfFile: accessLog, encoding: .utf8).split(separator: "\n").map(String.init) }
    }

    /// The lines of the access log, each an object of JSON.
    fileprivate var entries: [LogEntry] {
        get throws {
            try lines.map { line in
                try JSONDecoder().decode(LogEntry.self, from: Data(line.utf8))
            }
        }
    }

    /// The status and the name of the backend of each request in the access log.
    fileprivate var logLines: [String] {
        get throws {
            try lines.map { line in
                let match = try #require(line.firstMatch(of: #/HTTP/[\d.]+" (\d+) .* \[(\S*)\] \[\] /#), "\(line)")
                return "\(match.1) \(match.2)"
            }
        }
    }
}
