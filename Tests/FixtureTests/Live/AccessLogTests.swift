import CurlTestSupport
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct AccessLogTests {
    /// What ingress-nginx logs of these requests, with the status and the name of the backend.
    private static let logged = [
        "GET http://several.example/web": "200 shop-web-80",
        "GET http://several.example/none": "503 shop-none-http",
        "GET http://several.example/other": "404 upstream-default-backend",
        "GET http://several.example/": "302 -",
        "GET http://guarded.example/": "503 shop-web-80",
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
}

extension LiveFixture {
    /// The status and the name of the backend of each request in the access log.
    fileprivate var logLines: [String] {
        get throws {
            try String(contentsOfFile: accessLog, encoding: .utf8).split(separator: "\n").map { line in
                let match = try #require(line.firstMatch(of: #/HTTP/[\d.]+" (\d+) .* \[(\S*)\] \[\] /#), "\(line)")
                return "\(match.1) \(match.2)"
            }
        }
    }
}
