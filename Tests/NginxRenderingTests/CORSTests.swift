import Foundation
import Incremental
import NginxRendering
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// The configuration for pages of other origins.
struct CORSTests {
    private static let allowOrigin = "Access-Control-Allow-Origin"

    private func list(_ hosts: String...) throws -> AllowedOrigins { try list(hosts) }

    private func list(_ hosts: [String]) throws -> AllowedOrigins {
        let https = try #require(OriginScheme("https"))
        let patterns = try hosts.map {
            OriginPattern.pages(of: https, at: .name(try #require(HostName($0))), port: nil)
        }
        return .listed(try #require(OriginList(patterns)))
    }

    private func server(_ host: String, _ policies: [CORSPolicy?]) throws -> VirtualServer {
        var server = try NginxRenderingTests.server(
            host,
            policies.enumerated().map { index, policy in
                var location = try proxy(prefix("/\(index)"), to: "u", redirectsToHTTPS: true)
                location.policy = ByReference(LocationPolicy(cors: policy))
                return location
            }
        )
        server.policy.strictTransportSecurity = StrictTransportSecurity()
        return server
    }

    private func tokens(_ text: String) throws -> HTTPTokenList {
        let token = try #require(HTTPToken(text))
        return try #require(HTTPTokenList([token]))
    }

    @Test func `a block that adds a header repeats all that its server adds and hides`() throws {
        let custom = ResponseHeaders(
            hidden: [HeaderName(known: "X-Powered-By")],
            added: [ResponseHeader(HeaderName(known: "Vary"), try #require(Expression(literal: "Accept")))]
        )
        var policies: [LocationPolicy] = []
        for origins in [.every, try list("a.example")] {
            for (credentials, exposed) in [(true, HTTPTokenList()), (false, try tokens("X-A"))] {
                let cors = CORSPolicy(origins: origins, exposedHeaders: exposed, allowsCredentials: credentials)
                policies += [nil, custom].map { LocationPolicy(responseHeaders: $0, cors: cors) }
            }
        }
        var server = try self.server("a.example", policies.map { _ in nil })
        for (index, policy) in policies.enumerated() { server.locations[index].policy = ByReference(policy) }
        let servers = [try NginxRenderingTests.server("*"), server]
        let blocks = try renderer().render(configuration(servers)).directives().named("server")
        let block = try #require(blocks.first { $0.names("a.example") })
        let isHeader = { (directive: Directive) in ["add_header", "proxy_hide_header"].contains(directive.name) }
        let inherited = (block.block ?? []).filter(isHeader).map(\.words)
        #expect(inherited.count == 2)
        for location in (block.block ?? []).filter({ $0.name == "location" }) {
            let own = (location.block ?? []).filter(isHeader).map(\.words)
            guard !own.isEmpty else { continue }
            #expect(inherited.allSatisfy(own.contains), "\(location.arguments)")
            // What is answered at once inherits all of it.
            let conditions = (location.block ?? []).filter { $0.name == "if" }.flatMap { $0.block ?? [] }
            #expect(!conditions.contains(where: isHeader))
        }
        let vary = block.block?.flatMap { $0.block ?? [] }.filter { $0.words.starts(with: ["add_header", "Vary"]) }
        #expect(Set(vary?.compactMap { $0.arguments.dropFirst().first } ?? []) == ["Accept", "Origin"])
    }

    @Test func `a preflight is answered before all else, and no server redirects it`() throws {
        let every = CORSPolicy(origins: .every)
        let servers = [try NginxRenderingTests.server("*"), try server("a.example", [every, nil])]
        let found = try renderer().render(configuration(servers)).directives().named("server")
        let block = try #require(found.first { $0.names("a.example") }?.block)
        #expect(!block.contains { $0.name == "if" })
        let location = try #require(block.first { $0.arguments == ["/0/"] }?.block)
        let first = location.filter { ["if", "return", "rewrite", "proxy_pass"].contains($0.name) }
        #expect(
            first.map(\.words).prefix(2)
                == [["if", "($request_method", "=", "OPTIONS)"], ["if", "($scheme", "=", "http)"]]
        )
        #expect(first.first?.block?.map(\.words) == [["return", "204"]])
    }

    @Test func `policies share what they have in common`() throws {
        let (one, other) = (try list("a.example"), try list("b.example"))
        let policies = [
            CORSPolicy(origins: one, methods: try tokens("GET")), CORSPolicy(origins: one, methods: try tokens("PUT")),
            CORSPolicy(origins: other, methods: try tokens("GET")), CORSPolicy(origins: .every),
        ]
        func maps(_ policies: [CORSPolicy]) throws -> [String] {
            let servers = try policies.enumerated().map { try server("h\($0).example", [$1, $1]) }
            let text = try renderer().render(configuration([NginxRenderingTests.server("*")] + servers))
            return try text.directives().named("map").compactMap(\.arguments.last).filter { $0.hasPrefix("$cors_") }
        }
        let all = try maps(policies)
        #expect(Set(all).count == all.count)
        #expect(try maps(policies + policies) == all)
        #expect(try maps([policies[0]]).count == 7)
        // Of the same origins only the methods differ.
        #expect(try maps([policies[0], policies[1]]).count == 8)
        #expect(try maps([policies[0], policies[2]]).count == 14)
        #expect(try maps([policies[3]]) == [])
    }

    @Test(arguments: [1, 6, 60, 200], [10, 60, 200])
    func `nginx has room for all that is allowed`(_ count: Int, _ length: Int) async throws {
        let labels = stride(from: 0, to: length, by: 60).map { _ in String(repeating: "x", count: 58) }
        let servers = try (0..<count).map { index in
            let hosts = (0..<max(2, 400 / count)).map { (["h\(index)-\($0)"] + labels).joined(separator: ".") }
            return try server("h\(index).example", [CORSPolicy(origins: try list(hosts))])
        }
        var model = try configuration([NginxRenderingTests.server("*")] + servers)
        model.listeners = model.listeners.filter { $0.scheme == .http }
        model.process.accessLog = nil
        let text = try renderer().render(model).configurationText.replacing(#/ *ssl_certificate[^;]*;/#, with: "")
        try await TemporaryFolder.use { folder in
            try Data(text.utf8).write(to: folder.appending(path: "nginx.conf"))
            let (ok, output) = try await nginxTest(folder)
            #expect(ok && !output.contains("[warn]"), "\(output)")
        }
    }
}

extension Directive {
    fileprivate func names(_ host: String) -> Bool {
        block?.contains { $0.name == "server_name" && $0.arguments == [host] } ?? false
    }
}
