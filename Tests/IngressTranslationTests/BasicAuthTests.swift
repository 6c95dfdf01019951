import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Whose names and passwords the settings of an Ingress ask for.
struct BasicAuthTests {
    private static let hash = "$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/"
    private static let basic = ["auth-type": "basic", "auth-secret": "users"]

    private func secret(_ data: [String: String], _ name: String = "shop/users") -> Secret {
        Secret(metadata: metadata(name), data: data.mapValues { SecretBytes(Array($0.utf8)) })
    }

    private func result(_ annotations: [String: String], _ secrets: Secret...) throws -> Translation {
        try translated(ingress(annotations: annotations, rule("a.example", path("/a"))), secrets: secrets)
    }

    private func file(_ result: Translation) -> PrivateFile? {
        result.configuration.privateFiles.first { $0.kind == .passwordFile }
    }

    @Test(arguments: ["users", "shop/users"]) func `a Secret of the Ingress's namespace holds the users`(
        _ name: String
    ) throws {
        let result = try result(
            ["auth-type": "basic", "auth-secret": name, "auth-realm": "Staff"],
            secret(["auth": "ann:\(Self.hash)"])
        )
        #expect(result.codes == [])
        #expect(result.answer("a.example", "/a") == "401")
        #expect(file(result)?.file.value == "auth-file/shop.users.users")
        #expect(file(result)?.content == SecretBytes(Array("ann:\(Self.hash)\n".utf8)))
        #expect(result.server("a.example")?.locations.first?.policy.value.passwords?.realm == Realm("Staff"))
    }

    @Test func `each key of a Secret may be a user`() throws {
        let annotations = Self.basic.merging(["auth-secret-type": "auth-map"]) { $1 }
        let result = try result(annotations, secret(["zoe": Self.hash + "\n", "ann": Self.hash]))
        #expect(result.codes == [])
        #expect(file(result)?.file.value == "auth-map/shop.users.users")
        #expect(file(result)?.content == SecretBytes(Array("ann:\(Self.hash)\nzoe:\(Self.hash)\n".utf8)))
    }

    @Test(
        arguments: [
            (["auth-type": "basic"], "user-secret-unnamed"), (["auth-type": ""], "annotation-invalid"),
            (["auth-type": "digest", "auth-secret": "users"], "digest-not-built"),
            (["auth-type": "Basic", "auth-secret": "users"], "annotation-invalid"),
            (["auth-type": "basicx", "auth-secret": "users"], "annotation-invalid"),
            (["auth-type": "basic", "auth-secret": "blog/users"], "user-secret-unnamed"),
            (["auth-type": "basic", "auth-secret": "../users"], "user-secret-unnamed"),
            (["auth-type": "basic", "auth-secret": "absent"], "secret-not-found"),
            (["auth-type": "basic", "auth-secret": "keyless"], "secret-invalid"),
            (["auth-type": "basic", "auth-secret": "empty"], "secret-invalid"),
            (
                ["auth-type": "basic", "auth-secret": "users", "auth-secret-type": "auth-maps"],
                "annotation-invalid"
            ),
        ] as [([String: String], String)]
    )
    func `what cannot be checked lets nobody in`(_ annotations: [String: String], _ code: String) throws {
        let result = try result(
            annotations,
            secret(["auth": "ann:\(Self.hash)"]),
            secret(["auth": "ann:\(Self.hash)"], "blog/users"),
            secret(["users": "ann:\(Self.hash)"], "shop/keyless"),
            secret(["auth": ""], "shop/empty")
        )
        #expect(result.answer("a.example", "/a") == "503")
        #expect(result.codes == [code])
        #expect(result.diagnostics.allSatisfy { $0.severity == .error })
        #expect(file(result) == nil)
    }

    @Test func `a Secret that a repository lacks is taken for one without a user`() throws {
        let ingress = ingress(annotations: Self.basic, rule("a.example", path("/a")))
        let result = translate(snapshot([ingress]), with: try offline())
        #expect(result.answer("a.example", "/a") == "401" || result.answer("a.example", "/a") == "503")
        #expect(result.codes.contains("secret-assumed"))
        #expect(file(result)?.content ?? SecretBytes([]) == SecretBytes([]))
    }

    @Test func `a Secret that comes, and another one in its place, is what counts at once`() throws {
        let ingress = ingress(annotations: Self.basic, rule("a.example", path("/a")))
        func translated(_ secrets: [Secret], _ cache: inout TranslationCache) throws -> Translation {
            let cluster = snapshot(
                [ingress],
                services: [service()],
                slices: [slice("shop/web", ["10.0.0.1"])],
                secrets: secrets
            )
            return translate(cluster, with: try settings(), cache: &cache)
        }
        var cache = TranslationCache()
        #expect(try translated([], &cache).answer("a.example", "/a") == "503")
        let come = try translated([secret(["auth": "ann:\(Self.hash)"])], &cache)
        #expect(come.answer("a.example", "/a") == "401")
        let changed = try translated([secret(["auth": "bob:\(Self.hash)"])], &cache)
        #expect(file(changed)?.content == SecretBytes(Array("bob:\(Self.hash)\n".utf8)))
        #expect(file(changed)?.summary != file(come)?.summary)
        let gone = try translated([], &cache)
        #expect(gone.answer("a.example", "/a") == "503")
        #expect(file(gone) == nil)
    }

    @Test func `nothing of a password is told`() throws {
        let result = try result(Self.basic, secret(["auth": "ann:hunter2\nbob hunter2\ncid:\(Self.hash)"]))
        #expect(result.codes == ["user-left-out", "user-left-out"])
        let reported = result.diagnostics.map(\.text) + (file(result)?.summary ?? [])
        #expect(reported.allSatisfy { !$0.contains("hunter2") && !$0.contains("h9FWgUz3") })
        #expect(file(result)?.summary.first == "1 user")
        #expect(!"\(result)".contains("hunter2"))
    }

    @Test func `settings of passwords that nobody asks for are told`() throws {
        let result = try result(["auth-secret": "users", "auth-realm": "Shop"], secret(["auth": "ann:\(Self.hash)"]))
        #expect(result.codes == ["annotation-not-read", "annotation-not-read"])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    @Test(arguments: ["off", "a\"b", "a;b", "$host", "a{b}", String(repeating: "a", count: 257)])
    func `a realm that would open the path, or is none, is not used`(_ realm: String) throws {
        let annotations = Self.basic.merging(["auth-realm": realm]) { $1 }
        let result = try result(annotations, secret(["auth": "ann:\(Self.hash)"]))
        #expect(result.codes == ["annotation-invalid"])
        #expect(result.answer("a.example", "/a") == "401")
        #expect(result.server("a.example")?.locations.first?.policy.value.passwords?.realm == .unnamed)
    }

    @Test(
        arguments: [
            ([:], true), (Self.basic, true), (Self.basic.merging(["auth-realm": "Canary"]) { $1 }, true),
            (["auth-type": "basic", "auth-secret": "others"], false),
            (["auth-type": "basic"], false),
        ] as [([String: String], Bool)]
    )
    func `a canary takes requests where it asks for no other password than the other Ingress`(
        _ own: [String: String],
        _ isUsed: Bool
    ) throws {
        let canary = ["canary": "true", "canary-weight": "100"].merging(own) { $1 }
        let result = try translated(
            ingress("shop/main", at: 1, annotations: Self.basic, rule("a.example", path("/"))),
            ingress("shop/canary", at: 2, annotations: canary, rule("a.example", path("/", to: "api:80"))),
            secrets: [secret(["auth": "ann:\(Self.hash)"])]
        )
        #expect(result.codes.contains("canary-guarded") != isUsed)
        #expect(result.upstreams.keys.contains("shop_api_80") == isUsed)
    }
}
