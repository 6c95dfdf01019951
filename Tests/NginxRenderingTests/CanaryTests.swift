import Diagnostics
import Foundation
import NginxRendering
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import Template
import TestSupport
import Testing

/// How a backend and its canary stand in nginx.conf, and what a real nginx makes of them.
struct CanaryTests {
    private func canary(_ name: String, _ rules: CanaryRules, origin: String = "canary") throws -> CanaryBackend {
        CanaryBackend(.upstream(try #require(Identifier(name))), origin: try ingress(origin), rules: rules)
    }

    private func location(_ path: PathMatch, _ canary: CanaryBackend) throws -> Location {
        let primary = Backend.upstream(try #require(Identifier("abc123_shop_main_80")))
        return Location(
            path: path,
            origin: try ingress("main"),
            action: .proxy(Proxying(to: BackendSplit(primary, canary: canary)))
        )
    }

    private func share(_ hundredths: Int) throws -> CanaryRules.Share {
        try #require(CanaryRules.Share(hundredths: hundredths))
    }

    private func render(_ locations: [Location]) throws -> (generation: Generation, directives: [Directive]) {
        let generation = try renderer().render(configuration([server("*", locations)]))
        return (generation, try generation.directives())
    }

    @Test func `a share is split once for all canaries that have it`() throws {
        let rules = CanaryRules(share: try share(1_234))
        let locations = try [
            location(exact("/a"), canary("abc123_shop_one_80", rules, origin: "a")),
            location(exact("/b"), canary("abc123_shop_two_80", rules, origin: "b")),
        ]
        let split = try render(locations).directives.named("split_clients")
        #expect(split.map(\.arguments) == [["$request_id", "$canary_share_1234"]])
        #expect(split.first?.block?.map(\.words) == [["12.34%", "1"], ["*", "0"]])
    }

    @Test func `a line of a canary belongs to its Ingress`() throws {
        let header = CanaryRules.Header(try #require(HeaderName("X-Canary")), .alwaysOrNever)
        let canary = try canary("abc123_shop_one_80", CanaryRules(header: header))
        let (generation, directives) = try render([location(exact("/a"), canary)])
        let maps = directives.named("map").filter { $0.arguments[1].hasPrefix("$canary_") }
        #expect(maps.count == 3)
        for map in maps { #expect(generation.origins[map.line]?.description == "Ingress shop/canary") }
    }

    @Test(arguments: [nil, "{$proxy_alternative_upstream_name}"])
    func `the log asks for the name of a canary only where there is one`(format: String?) throws {
        let name = VariableName(known: "proxy_alternative_upstream_name")
        let canary = try canary("abc123_shop_one_80", CanaryRules(share: try share(100)))
        let plain = try proxy(exact("/a"), to: "abc123_shop_main_80")
        for (location, hasCanary) in [(try location(exact("/a"), canary), true), (plain, false)] {
            var configuration = try configuration([server("*", [location])])
            if format != nil {
                let text = Expression(known: [.literal("{"), .variable(name), .literal("}")])
                configuration.settings.log.format = LogFormat(text)
            }
            let words = try renderer().render(configuration).directives().named("log_format").flatMap(\.words).joined()
            #expect(words.contains("$\(name.value)") == hasCanary)
            #expect(format == nil ? words.contains("[]") != hasCanary : words.contains("{}") != hasCanary)
        }
    }

    @Test func `no two canaries share a variable, and its name is no longer than nginx has room for`() throws {
        let header = CanaryRules.Header(try #require(HeaderName("X-Canary")), .alwaysOrNever)
        let locations = try (0..<4).map { number in
            let rules = CanaryRules(header: number < 2 ? header : nil, cookie: CookieName("c"))
            return try location(
                exact("/\(number)"),
                canary("abc123_shop_u\(number)_80", rules, origin: "n\(number % 2)")
            )
        }
        let names = try render(locations).directives.named("map").map { $0.arguments[1] }.filter {
            $0.hasPrefix("$canary_")
        }
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.utf8.count <= 46 })
    }

    @Test(arguments: [(1, false), (60, true)])
    func `nginx has room for the variables of very many canaries`(_ count: Int, _ isMade: Bool) throws {
        let header = CanaryRules.Header(try #require(HeaderName("X-Canary")), .alwaysOrNever)
        let locations = try (0..<count).map { number in
            try location(
                exact("/\(number)"),
                canary("abc123_shop_one_80", CanaryRules(header: header), origin: "n\(number)")
            )
        }
        let directives = try render(locations).directives
        #expect(directives.named("variables_hash_max_size").map(\.arguments) == (isMade ? [["2048"]] : []))
        #expect(directives.named("variables_hash_bucket_size").map(\.arguments) == (isMade ? [["512"]] : []))
    }

    /// Values of rules that nginx would take for syntax where they were not quoted.
    private static let hostile = [
        "a b", "};", "\\", "~a", "*", "default", "$host", "a\"b", "^.$", "include", "'", "#", "é",
    ]

    @Test(arguments: hostile)
    func `a value of a rule is compared and nothing else`(_ text: String) async throws {
        let header = CanaryRules.Header(try #require(HeaderName("X-Canary")), .value(try #require(Text(text))))
        let canary = try canary("abc123_shop_one_80", CanaryRules(header: header))
        let directives = try render([location(exact("/a"), canary)]).directives
        let map = try #require(directives.named("map").first { $0.arguments.first == "$http_x_canary" }?.block)
        #expect(map.count == 2)
        #expect(map[1].words == ["~^\(RegularExpression.escaping(text))\\z", "1"])
    }

    @Test func `nginx gives a canary the share that it asks for, and keeps what the log calls backends`() async throws {
        let address = try LoopbackAddress.unique().description
        let port = try #require(PortNumber(8080))
        let listener = SocketAddress.internet(try #require(IPAddress(address)), port)
        let echo = SocketAddress.internet(try #require(IPAddress(address)), try #require(PortNumber(8081)))
        var model = try configuration([
            server("*", [location(prefix("/x"), canary("abc123_shop_one_80", CanaryRules(share: share(3_000))))])
        ])
        model.listeners = [Listener(.http, at: listener)]
        model.echo = EchoPlaces(http: echo, https: echo, grpc: echo, grpcs: echo)
        model.upstreams = model.upstreams.map { upstream in
            var upstream = upstream
            upstream.servers = [echo]
            return upstream
        }
        model.process.accessLog = FilePath("access.log")
        model.process.temporaryFolder = FilePath("temporary")
        let text = try renderer().render(model).configurationText.replacing(#/ *ssl_certificate[^;]*;/#, with: "")
        try await TemporaryFolder.use { folder in
            try FileManager.default.createDirectory(
                at: folder.appending(path: "temporary"),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: folder.appending(path: "nginx.conf"))
            try await LiveNginx.run(in: folder) { _ in
                let total = 4_000
                let taken = try await shareOfCanary(of: total, at: address)
                // Seven times the deviation that chance makes: fewer than one run of a billion is off.
                #expect(abs(taken - 0.3) < 7 * (0.3 * 0.7 / Double(total)).squareRoot())
            }
            let log = try String(contentsOf: folder.appending(path: "access.log"), encoding: .utf8)
            #expect(log.contains("[shop-main-80] [shop-one-80]") && log.contains("[shop-main-80] []"))
            #expect(!log.contains("[shop-one-80] ["))
        }
    }

    /// The part of requests that comes to the canary.
    private func shareOfCanary(of total: Int, at address: String) async throws -> Double {
        var count = 0
        // nginx ends a connection after a thousand requests.
        for _ in 0..<total / 800 { count += try await RawConnection.use(to: address, port: 8080, body: countCanaries) }
        return Double(count) / Double(total)
    }

    /// How many of 800 requests come to the canary.
    private func countCanaries(_ connection: RawConnection) async throws -> Int {
        var count = 0
        for _ in 0..<800 {
            try await connection.write(Array("GET /x HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
            let head = try await connection.readHead()
            if head.contains("X-Postern-Upstream: abc123_shop_one_80") { count += 1 }
            let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length: ") }
            _ = try await connection.read(length.flatMap { Int($0.dropFirst(16)) } ?? 0)
        }
        return count
    }
}
