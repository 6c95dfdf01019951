import Foundation
import TestSupport
import Testing

/// What `postern diff` says of addresses that come to more, and what it proves on a real nginx.
@Suite(.timeLimit(.minutes(10))) struct DangerTests {
    private static let allow = "whitelist-source-range"
    private static let deny = "denylist-source-range"

    private static func manifest(_ annotations: [String: String], path: String = "/") -> String {
        let lines = annotations.sorted { $0.key < $1.key }.map {
            "    nginx.ingress.kubernetes.io/\($0.key): \"\($0.value)\"\n"
        }
        return ingress(path: path).replacing(
            "  namespace: shop\n",
            with: "  namespace: shop\n  annotations:\n    example.com/a: b\n\(lines.joined())"
        )
    }

    private static func map(_ data: String) -> String {
        """
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: nginx, namespace: ingress}
        data: {\(data)}

        """
    }

    private func diff(_ old: String, _ new: String, _ options: String...) async throws -> Tool.Outcome {
        try await CommandLine.use(["old.yaml": old, "new.yaml": new]) { shell in
            try await shell.run(["diff", "--configmap", "ingress/nginx"] + options + ["old.yaml", "new.yaml"])
        }
    }

    @Test(arguments: [
        (allow, "10.0.0.0/8", "10.0.0.0/8,192.168.0.0/16", "192.168.0.0"),
        (allow, "10.0.0.0/8", "10.0.0.0/7", "11."),
        (allow, "10.0.0.0/8", "0.0.0.0/0", "0.0.0.0"), (allow, "10.0.0.0/8", "10.0.0.0/8,fd00::/8", "fd00::"),
        (deny, "10.0.0.0/8,11.0.0.0/8", "10.0.0.0/8", "11.0.0.0"), (deny, "10.0.0.0/8", "10.0.0.0/9", "10.255.255.255"),
    ])
    func `a list that admits more addresses is a danger, and names one`(
        name: String,
        old: String,
        new: String,
        address: String
    ) async throws {
        let outcome = try await diff(Self.manifest([name: old]), Self.manifest([name: new]), "--exit-code", "danger")
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("admits more addresses, such as \(address)"), "\(outcome.text)")
        #expect(outcome.text.contains("  # from \(address)"))
        #expect(outcome.text.contains("before: 403    after: shop/web:80"))
    }

    @Test(arguments: [
        (allow, "10.0.0.0/8,192.168.0.0/16", "10.0.0.0/8"), (allow, "10.0.0.0/8", "10.0.0.0/9"),
        (allow, "10.0.0.0/8", "10.0.0.0/9,10.128.0.0/9"), (deny, "10.0.0.0/8", "10.0.0.0/8,11.0.0.0/8"),
        (deny, "10.0.0.0/8,11.0.0.0/8", "10.0.0.0/7"),
    ])
    func `a list that admits no more is none, however it is written`(
        name: String,
        old: String,
        new: String
    ) async throws {
        let outcome = try await diff(Self.manifest([name: old]), Self.manifest([name: new]), "--exit-code", "danger")
        #expect(outcome.status == 0, "\(outcome.text)")
        #expect(!outcome.text.contains("admits more"))
    }

    @Test func `proxies that are believed anew, and addresses that are blocked no longer, are dangers of all hosts`()
        async throws
    {
        let proxies = "use-forwarded-headers: 'true', proxy-real-ip-cidr: "
        let old = Self.manifest([:]) + Self.map(proxies + "10.0.0.0/8, block-cidrs: '192.0.2.0/24,198.51.100.0/24'")
        let new = Self.manifest([:]) + Self.map(proxies + "'10.0.0.0/8,172.16.0.0/12', block-cidrs: 192.0.2.0/24")
        let outcome = try await diff(old, new, "--exit-code", "danger")
        #expect(outcome.status == 1)
        let line = try #require(outcome.text.split(separator: "\n").first { $0.hasPrefix("! all hosts  ") })
        #expect(line.contains("believe more of what proxies say of clients, such as 172.16.0.0"))
        #expect(line.contains("block fewer addresses: no longer 198.51.100.0"))
        #expect(outcome.text.contains("    set_real_ip_from: 10.0.0.0/8 -> 10.0.0.0/8, 172.16.0.0/12"))
        let back = try await diff(new, old, "--exit-code", "danger")
        #expect(back.status == 0)
        let json = try await diff(old, new, "--format", "json").text
        #expect(json.contains(#""allHostsDangers" : ["#))
        let github = try await diff(old, new, "--format", "github").text
        #expect(github.contains("::error title=danger::all hosts believe more"))
    }

    @Test func `requests that show changes are verified on a real nginx, guards among them`() async throws {
        let secret = """
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: users, namespace: shop}
            stringData: {auth: "ada:$apr1$abcdefgh$Vt2sJYQpV3yZgqkzN1vXr1"}

            """
        let password = ["auth-type": "basic", "auth-secret": "users"]
        let changes: [([String: String], [String: String], String)] = [
            (password, [:], "before: 401    after: shop/web:80"),
            ([Self.allow: "10.0.0.0/8"], [:], "before: 403    after: shop/web:80"),
            (
                [:], ["permanent-redirect": "https://b.example"],
                "before: shop/web:80    after: 301 to https://b.example"
            ),
        ]
        for (old, new, answers) in changes {
            let outcome = try await diff(Self.manifest(old) + secret, Self.manifest(new) + secret, "--prove")
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(outcome.text.contains("\(answers)\n        verified on nginx 1."), "\(outcome.text)")
        }
        let json = try await diff(Self.manifest(password) + secret, Self.manifest([:]), "--prove", "--format", "json")
        #expect(json.text.contains(#""isVerified" : true"#))
    }

    @Test func `an nginx that answers otherwise is told, and is a failure`() async throws {
        let wrong = try BuiltInTemplate.replacing(["proxy_pass {{ url }};": "return 418;"], in: "location")
        let new = Self.manifest([:]).replacing("name: web, port", with: "name: web-v2, port")
        let files = ["old.yaml": Self.manifest([:]), "new.yaml": new, "templates/location.tmpl": wrong]
        try await CommandLine.use(files) { shell in
            let arguments = ["diff", "--prove", "--templates", "templates", "--exit-code", "danger"]
            let outcome = try await shell.run(arguments + ["old.yaml", "new.yaml"])
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("does not agree: after it must be passed to "))
            #expect(outcome.text.contains(", and is answered with 418"))
            let missing = try await shell.run("diff", "--prove", "--nginx", "/nowhere", "old.yaml", "new.yaml")
            #expect(missing.status == 2)
            let alone = try await shell.run("diff", "--nginx", "/usr/sbin/nginx", "old.yaml", "new.yaml")
            #expect(alone.status == 2)
        }
    }
}
