import ArgumentParser
import CurlTestSupport
import Diagnostics
import Foundation
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

@testable import Commands

/// The model of ingress-nginx's paths, beside a real nginx with the locations that ingress-nginx writes for them.
@Suite(.timeLimit(.minutes(5))) struct OldServerTests {
    @Test(arguments: [
        "path-exact-slash-beside-prefix", "path-exact-trailing-slash", "path-nested-prefixes",
        "path-prefix-trailing-slash", "regex-beside-exact-and-prefix", "regex-longest-first",
        "rewrite-beside-plain-paths",
    ])
    func `the model sends each request where that nginx does`(_ name: String) async throws {
        let input = path(of: Fixture(name: name).folder.appending(path: "input"))
        let report = try await Migrate.parse([input]).report().0
        let server = try #require(report.differences.paths.servers.values.first)
        try await TemporaryFolder.use { folder in
            let address = try LoopbackAddress.unique()
            let text = Self.configuration(server, at: address, backend: path(of: folder.appending(path: "b.sock")))
            try text.write(to: folder.appending(path: "nginx.conf"), atomically: true, encoding: .utf8)
            try await LiveNginx.run(in: folder) { _ in
                let client = CurlClient(address: address.description, httpPort: Int(LivePorts.http))
                for target in Self.targets(of: server) {
                    let response = try await client.send(
                        try #require(CurlRequest("GET http://shop.example\(target)"))
                    )
                    let actual = response.status == 200 ? "200 \(response.text)" : "\(response.status)"
                    if let expected = Self.text(of: server.answer(to: target), to: target, of: server) {
                        #expect(actual == expected, "\(target)")
                    } else {
                        #expect(response.status != 301, "\(target)")
                    }
                }
            }
        }
    }

    private static func targets(of server: OldServer) -> [String] {
        let targets = server.entries.flatMap { entry in
            let text = entry.route.text
            return server.suspects(of: entry.route) + [text, text + "/", text + "/x", text + "x", text.uppercased()]
        }
        return Set(targets).filter { $0.allSatisfy { $0.isLetter || $0.isNumber || "/.".contains($0) } }.sorted()
    }

    /// `nil` where the model says no more than that there is no redirect.
    private static func text(of answer: OldServer.Answer, to target: String, of server: OldServer) -> String? {
        switch answer {
        case .route(let route): "200 \(name(of: route))"
        case .slash: server.serves(target) ? nil : "301"
        case .nobody: "404"
        case .unknown: nil
        }
    }

    private static func name(of route: WrittenRoute) -> String {
        "\(route.route.location.origin?.description ?? "nobody") \(route.field)"
    }

    private static func configuration(_ server: OldServer, at address: LoopbackAddress, backend: String) -> String {
        let exact = Set(server.entries.filter(\.route.isExact).map(\.route.text))
        let locations = server.entries.flatMap { entry -> [String] in
            let (route, text) = (entry.route, entry.route.text)
            let matches: [String]
            if server.isRegular {
                matches = ["~* \"^\(text)\""]
            } else if route.isExact {
                matches = ["= \(text)"]
            } else if text == "/" {
                matches = ["/"]
            } else {
                let plain = exact.contains(text) ? [] : ["= \(text)"]
                matches = [text.hasSuffix("/") ? text : text + "/"] + plain
            }
            return matches.map {
                "location \($0) { proxy_set_header X-Entry \"\(name(of: route))\"; proxy_pass http://unix:\(backend):; }"
            }
        }
        return """
            error_log /dev/null;
            events {}
            http {
                access_log off;
                default_type text/plain;
                client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                server { listen unix:\(backend); location / { return 200 $http_x_entry; } }
                server {
                    listen \(address):\(LivePorts.http);
                    \(locations.joined(separator: "\n        "))
                    \(locations.contains { $0.hasPrefix("location / ") } ? "" : "location / { return 404; }")
                }
            }

            """
    }
}
