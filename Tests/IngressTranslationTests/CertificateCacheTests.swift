import IngressTranslation
import KubernetesModel
import Testing

/// A translation that knows the certificates of another comes to the same as one that knows none.
struct CertificateCacheTests {
    @Test func `a Secret that changes is checked again, and one that expires is told`() throws {
        let web = ingress(tls: [tls("a.example", secret: "a")], rule("a.example", path("/")))
        var cache = TranslationCache()
        func codes(_ secret: Secret?, at time: Int64 = now) throws -> [String] {
            let snapshot = snapshot(
                [web],
                services: [service("shop/web")],
                slices: [slice("shop/web", ["10.0.0.1"])],
                secrets: [secret].compactMap(\.self)
            )
            let settings = try settings { $0.now = time }
            let translation = translate(snapshot, with: settings, cache: &cache)
            #expect(translation == translate(snapshot, with: settings))
            return translation.codes
        }
        let good = try Secret.tls("shop/a", for: "a.example", until: now + 1_000)
        #expect(try codes(good) == [])
        #expect(cache.certificateCount == 1)
        #expect(try codes(good, at: now + 2_000) == ["certificate-expired"])
        #expect(try codes(.tls("shop/a", for: "b.example")) == ["secret-for-other-host"])
        #expect(try codes(good) == [])
        #expect(try codes(nil) == ["secret-not-found"])
        #expect(cache.certificateCount == 0)
    }

    @Test func `of Secrets that are missing or gone nothing is kept`() throws {
        var cache = TranslationCache()
        for number in 0..<20 {
            let web = ingress(tls: [tls("a.example", secret: "a-\(number)")], rule("a.example", path("/")))
            let secret = number % 2 == 0 ? [try Secret.tls("shop/a-\(number)", for: "a.example")] : []
            _ = translate(snapshot([web], secrets: secret), with: try settings(), cache: &cache)
            #expect(cache.judgedSecretCount == secret.count)
        }
    }
}
