import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Properties of the translation of every snapshot.
struct PropertyTests {
    private static let secrets =
        (try? [
            Secret.tls("shop/a", for: "a.example"), Secret.tls("shop/b", for: "*.a.example"),
            Secret.tls("shop/c", for: "a.example", until: now - 1),
        ]) ?? []

    private static func allSettings() throws -> [TranslationSettings] {
        let port = try #require(PortNumber(10_244))
        return try [
            settings(), offline(),
            settings { $0.endpointServer = .internet(.loopback, port) },
            settings { $0.globalConfigMap = NamespacedName("shop/a") },
            settings {
                $0.defaultBackendService = NamespacedName("shop/a")
                $0.defaultCertificateSecret = NamespacedName("shop/b")
                $0.classes.selectsByName = true
            },
            settings {
                $0.assumesMissingObjects = true
                $0.readsManifests = true
                $0.classes.takesIngressWithoutClass = false
                $0.disablesCatchAll = true
                $0.globalConfigMap = NamespacedName("default/b")
                $0.defaultBackendService = NamespacedName("shop/gone")
                $0.tcpServices = NamespacedName("shop/a")
                $0.udpServices = NamespacedName("shop/b")
                $0.passthrough = .usual
            },
        ]
    }

    @Test(arguments: Fixtures.names)
    func `the order of a fixture's objects does not matter`(_ name: String) async throws {
        await Task.yield()
        let snapshot = try Fixtures.snapshot(name)
        var random = RandomSnapshot(seed: 1, hostility: 0)
        for settings in try Self.allSettings().suffix(2) {
            let expected = translate(snapshot, with: settings)
            #expect(expected.flaws == [])
            for _ in 0..<2 { #expect(translate(random.shuffled(snapshot), with: settings) == expected) }
        }
    }

    @Test func `there are fixtures`() {
        #expect(Fixtures.names.count > 200)
    }

    @Test(arguments: [0, 3, 30, 100])
    func `any objects in any order have one translation, which is sound`(_ hostility: Int) async throws {
        #expect(Self.secrets.count == 3)
        let settings = try Self.allSettings()
        var served = 0
        var cache = TranslationCache()
        for seed in 0..<150 as Range<UInt64> {
            // Tests that wait for others run on the same few threads.
            await Task.yield()
            var random = RandomSnapshot(seed: seed, hostility: hostility)
            let snapshot = random.snapshot(secrets: Self.secrets)
            let settings = settings[Int(seed) % settings.count]
            let translation = translate(snapshot, with: settings)
            #expect(translation.flaws == [], "hostility \(hostility), seed \(seed)")
            #expect(
                translate(random.shuffled(snapshot), with: settings) == translation,
                "hostility \(hostility), seed \(seed)"
            )
            #expect(
                translate(snapshot, with: settings, cache: &cache) == translation,
                "after another snapshot: hostility \(hostility), seed \(seed)"
            )
            served += translation.configuration.servers.flatMap(\.locations).count
        }
        // The property says little where nothing is served.
        #expect(served > 150 * 3)
    }

    @Test(arguments: [0, 3, 30, 100])
    func `a translation after many others is the one that knows none of them`(_ hostility: Int) async throws {
        let allSettings = try Self.allSettings()
        for seed in 0..<12 as Range<UInt64> {
            var random = RandomSnapshot(seed: seed, hostility: hostility)
            var settings = allSettings[Int(seed) % allSettings.count]
            var snapshot = random.snapshot(secrets: Self.secrets)
            var cache = TranslationCache()
            for round in 0..<20 {
                await Task.yield()
                #expect(
                    translate(snapshot, with: settings, cache: &cache) == translate(snapshot, with: settings),
                    "hostility \(hostility), seed \(seed), round \(round)"
                )
                snapshot = random.changed(snapshot, secrets: Self.secrets)
                // Certificates expire and come to be valid though nothing changes.
                if round % 3 == 0 { settings.now = now + [-100_000_000, 0, 0, 100_000_000][round / 3 % 4] }
                if round == 12 { settings = allSettings[Int(seed + 1) % allSettings.count] }
            }
        }
    }

    @Test func `texts that only Unicode takes for equal are told apart`() throws {
        var cache = TranslationCache()
        let settings = try settings()
        for text in ["/\u{E9}", "/e\u{301}", "/\u{E9}"] {
            let snapshot = snapshot(
                [ingress(annotations: ["app-root": text], rule("a.example", path(text, to: text)))]
            )
            let translation = translate(snapshot, with: settings, cache: &cache)
            #expect(translation == translate(snapshot, with: settings))
            let bytes = translation.diagnostics.map { Array($0.message.utf8) }
            #expect(bytes == translate(snapshot, with: settings).diagnostics.map { Array($0.message.utf8) })
        }
    }

    @Test func `what has not changed shares its storage with the translation before`() throws {
        var random = RandomSnapshot(seed: 3, hostility: 0)
        var cache = TranslationCache()
        let snapshot = random.snapshot(secrets: Self.secrets)
        let settings = try settings()
        let first = translate(snapshot, with: settings, cache: &cache).configuration
        let second = translate(snapshot, with: settings, cache: &cache).configuration
        #expect(first.servers.sharesStorage(with: second.servers))
        #expect(first.upstreams.sharesStorage(with: second.upstreams))
    }

    @Test func `a translation says the same every time`() throws {
        var random = RandomSnapshot(seed: 7, hostility: 10)
        let snapshot = random.snapshot(secrets: Self.secrets)
        let settings = try settings()
        let first = translate(snapshot, with: settings)
        #expect((0..<5).allSatisfy { _ in translate(snapshot, with: settings) == first })
    }
}
