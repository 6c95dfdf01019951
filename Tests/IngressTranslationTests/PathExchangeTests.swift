import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// Hosts that many Ingresses add paths to, of which few change at a time.
struct PathExchangeTests {
    private static let host = "apps.example"

    private static func app(
        _ number: Int,
        annotations: [String: String] = [:],
        to service: String = "web:80"
    ) -> Ingress {
        ingress(
            "shop/app-\(number)",
            at: Int64(number),
            annotations: annotations,
            rule(host, path("/app-\(number)", to: service))
        )
    }

    private static func snapshot(_ ingresses: [Ingress]) -> ClusterSnapshot {
        let names = ["shop/web", "shop/api", "blog/web"]
        return IngressTranslationTests.snapshot(
            ingresses,
            services: names.map { service($0) },
            slices: names.enumerated().map { slice($1, ["10.0.0.\($0 + 1)"]) },
            secrets: (try? [Secret.tls("shop/a", for: host)]) ?? []
        )
    }

    private static func locations(_ translation: Translation) throws -> [Location] {
        try #require(translation.configuration.servers.first { $0.host.text == host }).locations
    }

    @Test func `what one Ingress changes of its path leaves those of others the same in memory`() throws {
        var (cache, settings) = (TranslationCache(), try settings())
        var ingresses = (0..<20).map { Self.app($0) }
        let before = try Self.locations(translate(Self.snapshot(ingresses), with: settings, cache: &cache))
        ingresses[7] = Self.app(7, annotations: ["proxy-read-timeout": "7"])
        settings.now += 1
        let after = try Self.locations(translate(Self.snapshot(ingresses), with: settings, cache: &cache))
        #expect(before.count == 21 && after.count == 21)
        let changed = zip(before, after).filter { $0.id != $1.id }
        #expect(changed.map(\.1.origin?.name) == ["app-7"])
    }

    @Test func `upstreams come and go with the paths that need them`() throws {
        var cache = TranslationCache()
        let settings = try settings()
        var ingresses = (0..<5).map { Self.app($0) }
        let changes: [(Int, String)] = [(3, "api:80"), (3, "web:80"), (2, "api:80"), (4, "api:80"), (2, "web:80")]
        for (number, service) in changes {
            ingresses[number] = Self.app(number, to: service)
            let translation = translate(Self.snapshot(ingresses), with: settings, cache: &cache)
            #expect(translation == translate(Self.snapshot(ingresses), with: settings))
            let usesBoth = ingresses.contains { $0 == Self.app(Int($0.metadata.creationTimestamp ?? 0), to: "api:80") }
            #expect(translation.configuration.upstreams.count == (usesBoth ? 2 : 1))
        }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `however Ingresses of a host change, it is what they come to from nothing`(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var cache = TranslationCache()
        let settings = try settings()
        var ingresses = (0..<12).map { Self.app($0) }
        for round in 0..<60 {
            for _ in 0...Int.random(in: 0...2, using: &random) {
                let number = Int.random(in: 0..<16, using: &random)
                ingresses.removeAll { $0.metadata.name == "app-\(number)" }
                if Bool.random(using: &random) || round % 3 > 0 {
                    ingresses.append(Self.any(number, isPlain: round % 20 < 12, &random))
                }
            }
            let snapshot = Self.snapshot(ingresses)
            let translation = translate(snapshot, with: settings, cache: &cache)
            #expect(translation == translate(snapshot, with: settings), "round \(round)")
        }
    }

    @Test func `the oldest Ingress of a host changes, goes and comes alone`() throws {
        var cache = TranslationCache()
        let settings = try settings()
        var ingresses = (0..<20).map { Self.app($0) }
        var before = try Self.locations(translate(Self.snapshot(ingresses), with: settings, cache: &cache))
        let changes: [(inout [Ingress]) -> Void] = [
            { $0[0] = Self.app(0, annotations: ["proxy-read-timeout": "7"]) },
            { $0[0] = Self.app(0, annotations: ["permanent-redirect": "https://other.example/"]) },
            { $0.removeFirst() }, { $0.insert(Self.app(0), at: 0) }, { $0[0] = Self.app(0, to: "api:80") },
        ]
        for change in changes {
            change(&ingresses)
            let translation = translate(Self.snapshot(ingresses), with: settings, cache: &cache)
            #expect(translation == translate(Self.snapshot(ingresses), with: settings))
            let after = try Self.locations(translation)
            #expect(Set(after.map(\.id)).intersection(before.map(\.id)).count >= 19)
            before = after
        }
    }

    @Test func `paths that several Ingresses want leave the others of the host the same in memory`() throws {
        var cache = TranslationCache()
        let settings = try settings()
        var ingresses = (0..<20).map { Self.app($0) }
        ingresses[5].rules[0].paths?.append(path("/app-3"))
        let first = translate(Self.snapshot(ingresses), with: settings, cache: &cache)
        #expect(first.diagnostics.map(\.code) == ["path-taken"])
        let before = try Self.locations(first)
        ingresses[7] = Self.app(7, annotations: ["proxy-read-timeout": "7"])
        let translation = translate(Self.snapshot(ingresses), with: settings, cache: &cache)
        #expect(translation == translate(Self.snapshot(ingresses), with: settings))
        #expect(zip(before, try Self.locations(translation)).count { $0.id != $1.id } == 1)
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `whoever wants the paths of others, it is what they come to from nothing`(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var cache = TranslationCache()
        let settings = try settings()
        var ingresses = (0..<12).map { Self.app($0) }
        for round in 0..<60 {
            let number = Int.random(in: 0..<14, using: &random)
            ingresses.removeAll { $0.metadata.name == "app-\(number)" }
            if round % 4 > 0 {
                var ingress = Self.app(number, to: ["web:80", "api:80", "gone:80"][round % 3])
                switch Int.random(in: 0..<8, using: &random) {
                case 0: ingress.rules[0].paths?.append(path("/app-\(Int.random(in: 0..<4, using: &random))"))
                case 1: ingress.rules[0].paths = [path("/", to: "api:80"), path("/app-\(number)")]
                case 2: ingress.metadata.annotations["nginx.ingress.kubernetes.io/proxy-read-timeout"] = "\(round)"
                case 3: ingress.metadata.creationTimestamp = Int64(round % 5)
                case 4 where round > 30: ingress.tls = [tls(Self.host, secret: "a")]
                default: break
                }
                ingresses.append(ingress)
            }
            let snapshot = Self.snapshot(ingresses)
            let translation = translate(snapshot, with: settings, cache: &cache)
            #expect(translation == translate(snapshot, with: settings), "round \(round)")
        }
    }

    /// - Parameter isPlain: Whether it adds no more than paths.
    private static func any(_ number: Int, isPlain: Bool, _ random: inout SeededRandom) -> Ingress {
        let services = ["web:80", "api:80", "gone:80", "web:http"]
        var ingress = app(number, to: services[Int.random(in: 0..<4, using: &random)])
        func set(_ name: String, _ value: String) {
            ingress.metadata.annotations["nginx.ingress.kubernetes.io/\(name)"] = value
        }
        switch Int.random(in: 0..<(isPlain ? 6 : 20), using: &random) {
        case 0: set("proxy-read-timeout", "\(number + 1)")
        case 1: ingress.rules[0].paths?.append(path("/more-\(number)/", .exact))
        case 2: ingress.rules[0].paths = [path("/app-\(number)", .exact), path("/a/\(number)", to: "api:80")]
        case 3: set("rewrite-target", "/new")
        case 4: ingress.tls = [tls(host, secret: "a")]
        case 5: break
        case 6: set("app-root", "/home-\(number)")
        case 7: ingress.rules[0].paths = [path("/app-1"), path("/app-2", .exact)]
        case 8: ingress.rules[0].paths?.append(path("/"))
        case 9: ingress.rules[0].paths = [path("/app-[0-9]+", .implementationSpecific)]
        case 10: set("use-regex", "true")
        case 11:
            set("canary", "true")
            set("canary-weight", "10")
            ingress.rules[0].paths = [path("/app-\(number - 1)", to: "api:80")]
        case 12: ingress.defaultBackend = backend("api:80")
        case 13: set("server-snippet", "return 403;")
        case 14: set("server-alias", "b\(number).example")
        case 15: ingress.metadata.namespace = "blog"
        case 16: ingress.metadata.creationTimestamp = -1
        case 17: set("auth-tls-secret", "shop/a")
        case 18: set("auth-url", "http://auth.example/")
        default: ingress.rules.append(ingress.rules[0])
        }
        return ingress
    }
}
