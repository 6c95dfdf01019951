import CurlTestSupport
import Foundation
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

@testable import Commands

/// Lines that a real nginx writes to its access log are read back, and are what is explained.
@Suite(.timeLimit(.minutes(10))) struct LogReaderTests {
    private static let lines = [
        "GET http://shop.example/", "GET http://shop.example/a?b=c&d=%20", "POST http://shop.example/none",
        "GET https://shop.example/a%20b", "GET http://unknown.example/", "GET http://several.example/web",
        "GET http://several.example/none", "GET http://several.example/other", "GET http://several.example/",
        "GET http://guarded.example/",
    ]

    @Test(arguments: [
        ("access-log", false), ("access-log-of-ingress-nginx", false), ("access-log-json", true),
        ("access-log-json-texts", true), ("access-log-format", false),
    ])
    func `what the log has of a request is what is explained`(name: String, namesHost: Bool) async throws {
        let fixture = Fixture(name: name)
        let table = RouteTable(try await fixture.translated())
        let reader = LogReader(table)
        try await LiveFixture.run(fixture) { live in
            for line in Self.lines {
                var request = try #require(CurlRequest(line))
                request.headers.append(("User-Agent", #"a"b\c 'd] ["#))
                _ = try await live.client.send(request)
            }
            try await eventually("requests are logged") {
                try String(contentsOfFile: live.accessLog, encoding: .utf8).split(separator: "\n").count >= 3
            }
            let lines = try String(contentsOfFile: live.accessLog, encoding: .utf8).split(separator: "\n")
            for line in lines {
                let logged = try #require(reader.read(Array(line.utf8)), "\(line)")
                #expect((logged.host != nil) == namesHost, "\(line)")
                #expect(logged.status != nil && ["GET", "POST"].contains(logged.method))
                guard logged.upstream != nil, logged.upstream != "upstream-default-backend" else { continue }
                let candidates = reader.candidates(for: logged)
                #expect(!candidates.isEmpty, "\(line)")
                #expect(candidates.allSatisfy { $0.agrees != false }, "\(line)")
                #expect(candidates.contains { $0.agrees == true }, "\(line)")
            }
        }
    }

    @Test func `values of several upstreams, of escapes and of nothing are read, and other lines are not`() throws {
        let line =
            #"10.1.2.3 - - [10/Oct/2026:13:55:36 +0000] "GET /a?b=\x22c HTTP/1.1" 502 150 "-" "x\x22y \x5Cz" 80 0.007 "#
            + "[shop-web-80] [] 10.0.0.1:80, 10.0.0.2:80 : 10.0.0.3:80 0, 0 : 150 0.001, 0.002 : 0.004 502, 502 : 502 4f"
        let values = try #require(LogLineFormat.usual.values(in: Array(line.utf8)))
        #expect(values["http_user_agent"] == #"x"y \z"#)
        #expect(values["upstream_addr"] == "10.0.0.1:80, 10.0.0.2:80 : 10.0.0.3:80")
        #expect(values["upstream_status"] == "502, 502 : 502")
        #expect(values["http_referer"] == nil && values["proxy_alternative_upstream_name"] == nil)
        let logged = try #require(LoggedRequest(Array(line.utf8), .usual))
        #expect(logged.target == #"/a?b="c"#)
        #expect(logged.addresses == ["10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"])
        for other in ["", "GET / HTTP/1.1", line + " more", String(line.dropFirst(20)), "[]", "\"\""] {
            let read = LoggedRequest(Array(other.utf8), .usual)
            #expect(read == nil || other == line + " more", "\(other)")
        }
        let garbage = line.replacing(#"GET /a?b=\x22c HTTP/1.1"#, with: #"\x16\x03\x01"#)
        #expect(LoggedRequest(Array(garbage.utf8), .usual) == nil)
    }
}
