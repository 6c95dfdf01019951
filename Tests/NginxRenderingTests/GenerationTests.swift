import Diagnostics
import Incremental
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Template
import TestSupport
import Testing

/// The rendered generation, as a value.
struct GenerationTests {
    private func sample(_ change: (inout Configuration) -> Void = { _ in }) throws -> Configuration {
        var sample = try configuration([
            server("*"), server("a.example", origin: "a", [proxy(prefix("/x"), to: "u1", origin: "a")]),
            server(
                "b.example",
                origin: "b",
                [proxy(prefix("/x"), to: "u2", origin: "c"), proxy(prefix("/y"), to: "u1", origin: "b")]
            ),
        ])
        change(&sample)
        return sample
    }

    @Test func `the same configuration has the same id, of hexadecimal digits`() throws {
        let (first, second) = try (renderer().render(sample()), renderer().render(sample()))
        #expect(first == second)
        #expect(first.id.count == 32 && first.id.allSatisfy(\.isHexDigit))
    }

    @Test func `any other content of any file has another id`() throws {
        let file = try #require(FilePath("tls/shop.a.pem"))
        let certificate = PrivateFile(.certificate, file: file, content: SecretBytes([1]))
        let ids = try [
            sample(), sample { $0.servers.removeLast() }, sample { $0.privateFiles[0].content = SecretBytes([1]) },
            sample { $0.privateFiles.append(certificate) },
            sample { $0.privateFiles.append(PrivateFile(.certificate, file: file, content: SecretBytes([2]))) },
            sample { $0.upstreams[0].policy.balancing = .leastConnections }, sample { $0.process.accessLog = nil },
        ].map { try renderer().render($0).id }
        #expect(Set(ids).count == ids.count)
    }

    @Test func `other passwords do not change the id, but another file of them does`() throws {
        func generation(_ name: String, _ content: UInt8) throws -> Generation {
            let file = PrivateFile(.passwordFile, file: try #require(FilePath(name)), content: SecretBytes([content]))
            return try renderer().render(sample { $0.privateFiles.append(file) })
        }
        let (first, second) = (try generation("auth-file/a.users", 1), try generation("auth-file/a.users", 2))
        #expect(first.id == second.id && first != second)
        #expect(first.files.filter(\.isLive).map(\.path) == ["auth-file/a.users"])
        #expect(try renderer().render(sample()).files.contains(where: \.isLive) == false)
    }

    @Test func `the words about a certificate do not change the id`() throws {
        let plain = try renderer().render(sample())
        let described = try renderer().render(sample { $0.privateFiles[0].summary = ["CN=a"] })
        #expect(plain.id == described.id)
    }

    @Test func `the files are nginx.conf for all, and certificates for their owner`() throws {
        let generation = try renderer().render(sample())
        #expect(generation.files.map(\.path) == ["nginx.conf", "tls/default.pem"])
        #expect(generation.files.map(\.content.mode) == [0o644, 0o600])
        #expect(generation.files[1].content.bytes == Array("key".utf8))
        #expect(generation.configurationText.hasSuffix("}\n"))
    }

    @Test func `a cache changes nothing, whatever was rendered before`() throws {
        let renderer = try renderer()
        var cache = RenderingCache()
        let samples = try [
            sample(), sample { $0.servers[1].locations[0].httpsRedirect = .found }, sample(),
            sample { $0.servers.remove(at: 1) }, sample { $0.servers.swapAt(1, 2) },
            sample { $0.upstreams[1].policy.balancing = .clientAddress }, sample { $0.servers[1].origin = nil },
            sample(),
            sample { $0.servers[1].locations[0].path = (try? exact("/\u{E9}")) ?? $0.servers[1].locations[0].path },
            sample { $0.servers[1].locations[0].path = (try? exact("/e\u{301}")) ?? $0.servers[1].locations[0].path },
        ]
        for sample in samples + samples.reversed() {
            #expect(renderer.render(sample, cache: &cache) == renderer.render(sample))
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `a cache changes nothing on any way from one configuration to the next`(_ seed: UInt64) throws {
        let renderer = try renderer()
        var random = SeededRandom(seed: seed)
        var sources = try (0..<4 as Range<UInt64>).map { number in
            var source = HostileConfiguration(seed: seed * 10 + number, isHostile: true, texts: HostileText.all)
            return try source.configuration()
        }
        var (configuration, cache) = (sources[0], RenderingCache())
        for step in 0..<40 {
            let other = sources.randomElement(using: &random) ?? configuration
            switch Int.random(in: 0..<6, using: &random) {
            case 0: configuration.servers.append(contentsOf: other.servers.suffix(2))
            case 1: configuration.servers.removeLast(min(2, configuration.servers.count - 1))
            case 2: configuration.servers[1...].shuffle(using: &random)
            case 3: configuration.upstreams = other.upstreams
            case 4: (configuration.process, configuration.listeners) = (other.process, other.listeners)
            default: configuration = other
            }
            // A part of another one, changed in place.
            if let index = configuration.servers.indices.randomElement(using: &random) {
                configuration.servers[index].policy.strictTransportSecurity?.preloads.toggle()
            }
            sources[Int.random(in: 0..<4, using: &random)] = configuration
            let rendered = renderer.render(configuration, cache: &cache)
            #expect(rendered == renderer.render(configuration), "step \(step)")
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `a cache changes nothing for hosts with very many paths`(_ seed: UInt64) throws {
        let renderer = try renderer()
        var random = SeededRandom(seed: seed)
        var cache = RenderingCache()
        var unlogged = LocationPolicy()
        unlogged.isLogged = false
        func locations(_ count: Int) throws -> [Location] {
            try (0..<count).map { try proxy(prefix("/app-\($0)"), to: "u\($0 % 3)", origin: "app-\($0)") }
        }
        var model = try configuration([
            server("*"), server("a.example", origin: "a", locations(90)),
            server("b.example", origin: "b", locations(70)), server("c.example", origin: "c", locations(3)),
        ])
        for round in 0..<40 {
            let host = Int.random(in: 1..<model.servers.count, using: &random)
            let index = Int.random(in: 0..<(model.servers[host].locations.count - 1), using: &random)
            switch Int.random(in: 0..<9, using: &random) {
            case 0: model.servers[host].locations[index].httpsRedirect = .found
            case 1: model.servers[host].locations.remove(at: index)
            case 2:
                let new = try proxy(exact("/new-\(round)"), to: "u1", origin: "new")
                model.servers[host].locations.insert(new, at: index)
            case 3: model.servers[host].locations[index].path = try expression("^/app-[0-9]$")
            case 4: model.servers[host].locations[index].policy = ByReference(unlogged)
            case 5: model.servers[host].origin = try ingress("r\(round)")
            case 6: model.servers[1...].shuffle(using: &random)
            case 7: model.servers[host].policy.strictTransportSecurity = StrictTransportSecurity()
            default: model.servers[host].locations[index].action = .status(.notFound)
            }
            if round % 13 == 12 {
                model.servers[host].locations = try locations(65) + model.servers[host].locations.suffix(1)
            }
            #expect(renderer.render(model, cache: &cache) == renderer.render(model), "round \(round)")
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `a cache changes nothing where paths come to hundreds of others, and go`(_ seed: UInt64) throws {
        let renderer = try renderer()
        var random = SeededRandom(seed: seed)
        var cache = RenderingCache()
        let locations = try (0..<500).map { try proxy(prefix("/app-\($0)"), to: "u\($0 % 3)", origin: "app-\($0)") }
        let root = try proxy(prefix("/"), to: "u0", origin: "a")
        var model = try configuration([server("*"), server("a.example", origin: "a", locations + [root])])
        for round in 0..<24 {
            let index = Int.random(in: 0..<(model.servers[1].locations.count - 1), using: &random)
            let name = "/app-\(Int.random(in: 0..<600, using: &random))"
            var new: Location?
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<3: model.servers[1].locations.remove(at: index)
            case 3: new = try proxy(prefix("\(name)/new"), to: "u1", origin: "new")
            case 4: new = try proxy(prefix("\(name)/\(round)/"), to: "u2", origin: "new")
            case 5: new = try proxy(exact("\(name)/exact/"), to: "u1", origin: "new")
            case 6:
                new = try proxy(prefix("\(name)/redirected"), to: "u1", origin: "new")
                new?.action = .status(.notFound)
            case 7: new = try proxy(prefix("/\(String(repeating: "x", count: 260))\(round)"), to: "u1", origin: "new")
            case 8: model.servers[1].locations.removeAll { if case .exact = $0.path { true } else { false } }
            default: model.servers[1].locations[index].action = .status(.notFound)
            }
            if let new { model.servers[1].locations.insert(new, at: index) }
            if round % 9 == 8 { model.servers[1].locations = locations + [root] }
            #expect(renderer.render(model, cache: &cache) == renderer.render(model), "round \(round)")
        }
    }

    @Test func `a cache changes nothing of a configuration so long that its digest is that of pieces`() throws {
        let renderer = try renderer()
        var random = SeededRandom(seed: 3)
        var cache = RenderingCache()
        var model = try configuration([server("*")])
        let filler = try (0..<12).map { try exact("/\($0)-\(String(repeating: "x", count: 200))") }
        for number in 0..<120 {
            let locations = try filler.map { try proxy($0, to: "u1", origin: "s\(number)") }
            model.servers.append(try server("s\(number).example", origin: "s\(number)", locations))
        }
        for round in 0..<10 {
            let index = Int.random(in: 1..<model.servers.count, using: &random)
            switch round % 4 {
            case 0: model.servers[index].locations[round].action = .status(.notFound)
            case 1: model.servers.remove(at: index)
            case 2: model.servers.insert(try server("n\(round).example", origin: "n"), at: index)
            default: model.servers.swapAt(index, 1)
            }
            let generation = renderer.render(model, cache: &cache)
            #expect(generation == renderer.render(model), "round \(round)")
            #expect(generation.files[0].content.bytes.count > ContentDigest.longest)
        }
    }

    @Test func `the digest of a long content is that of its pieces, and of any other content another`() {
        var content = Array(String(repeating: "    a line;\n", count: 30_000).utf8)
        let whole = ContentDigest(of: content).text
        #expect(whole == ContentDigest(of: content).text && whole.count == 64)
        #expect(whole != ContentDigest.plain(content))
        content[200_000] ^= 1
        #expect(ContentDigest(of: content).text != whole)
        let short = content.prefix(ContentDigest.longest)
        #expect(ContentDigest(of: short).text == ContentDigest.plain(short))
    }

    @Test func `each line knows its origin`() throws {
        let generation = try renderer().render(sample())
        let lines = generation.configurationText.split(separator: "\n", omittingEmptySubsequences: false)
        var blocks: [(start: Int, origin: String?)] = []
        for (index, line) in lines.enumerated() {
            let number = index + 1
            let text = line.drop { $0 == " " }
            if text.hasPrefix("upstream ") {
                blocks.append((number, "Service shop/\(text.split(separator: " ")[1])"))
            } else if text.hasPrefix("location ") || text.hasPrefix("server {") {
                blocks.append((number, Self.owner(of: text, in: lines, from: index)))
            }
        }
        #expect(blocks.count == 2 + 3 + 1 + 3 + 5)
        for (start, origin) in blocks { #expect(generation.origins[start]?.description == origin, "line \(start)") }
        #expect(generation.origins[1] == nil)
        #expect(generation.origins[lines.count + 1] == nil)
    }

    /// The origin in the comment in front of a block, or of the server around it.
    private static func owner(of block: Substring, in lines: [Substring], from index: Int) -> String? {
        for line in lines[..<index].reversed() {
            let text = line.drop { $0 == " " }
            if text.hasPrefix("# Ingress ") { return String(text.dropFirst(2)) }
            if text.hasPrefix("server_name _") || text.hasPrefix("keepalive") { return nil }
        }
        return nil
    }

    @Test func `every line of a block has its origin`() throws {
        let generation = try renderer().render(sample())
        let ranges = generation.origins.ranges.map { "\($0.origin.description)" }
        #expect(
            ranges == [
                "Service shop/u1", "Service shop/u2", "Ingress shop/a", "Ingress shop/b", "Ingress shop/c",
                "Ingress shop/b",
            ]
        )
        let lines = generation.configurationText.split(separator: "\n", omittingEmptySubsequences: false)
        for (range, origin) in generation.origins.ranges where origin.name == "c" {
            let text = range.map { lines[$0 - 1] }.joined(separator: "\n")
            #expect(text.contains("# Ingress shop/c") && text.contains("proxy_pass http://u2;"))
            #expect(!text.contains("/y"))
        }
    }

    @Test func `no key is printed`() throws {
        let secret = "-----BEGIN PRIVATE KEY-----"
        let generation = try renderer().render(sample { $0.privateFiles[0].content = SecretBytes(Array(secret.utf8)) })
        var dumped = ""
        dump(generation, to: &dumped)
        let bytes = Array(secret.utf8).map(String.init).joined(separator: ", ")
        for text in [dumped, String(reflecting: generation), "\(generation)", generation.configurationText] {
            #expect(!text.contains("PRIVATE KEY"))
            #expect(!text.contains(bytes))
        }
        #expect(dumped.contains("<27 secret bytes>"))
    }
}
