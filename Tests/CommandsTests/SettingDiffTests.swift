import Foundation
import TestSupport
import Testing

/// What `postern diff` says a change of a route comes from.
struct SettingDiffTests {
    private static let prefix = "nginx.ingress.kubernetes.io"

    private static func annotated(_ name: String, _ annotations: String, path: String = "/") -> String {
        ingress(name, path: path).replacing(
            "  namespace: shop\n",
            with: "  namespace: shop\n  annotations: {\(annotations)}\n"
        )
    }

    private static func map(_ data: String) -> String {
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nginx, namespace: ingress}\ndata: {\(data)}\n"
    }

    private func diff(_ old: [String], _ new: [String], _ options: String...) async throws -> String {
        let files = ["old.yaml": old.joined(separator: "---\n"), "new.yaml": new.joined(separator: "---\n")]
        return try await CommandLine.use(files) { shell in
            let arguments = ["diff", "--configmap", "ingress/nginx"] + options + ["old.yaml", "new.yaml"]
            let outcome = try await shell.run(arguments)
            #expect(outcome.status == 1, "\(outcome.errors)")
            return outcome.text
        }
    }

    @Test func `each trait names the annotation that it comes from, set, changed or gone`() async throws {
        let old = Self.annotated(
            "web",
            "\(Self.prefix)/proxy-read-timeout: '7', \(Self.prefix)/limit-rps: '5', other.example/a: '1'"
        )
        let new = Self.annotated(
            "web",
            "\(Self.prefix)/proxy-read-timeout: '8', \(Self.prefix)/whitelist-source-range: 10.0.0.0/8, other.example/a: '2'"
        )
        let text = try await diff([old], [new])
        for line in [
            "    limits: 5 requests a second, burst 25 -> none (annotation limit-rps)",
            "    proxy_read_timeout: 7s -> 8s (annotation proxy-read-timeout)",
            "    allow list: none -> 10.0.0.0/8 (annotation whitelist-source-range)",
        ] {
            #expect(text.contains("\(line)\n"), "\(text)")
        }
    }

    @Test func `a setting of the host names the Ingress that has it, beside another's route`() async throws {
        let plain = ingress("web")
        let old = Self.annotated("cart", "\(Self.prefix)/ssl-ciphers: AES128-SHA", path: "/cart")
        let text = try await diff([plain, old], [plain, old.replacing("AES128-SHA", with: "AES256-SHA")])
        #expect(text.contains("ssl_ciphers: AES128-SHA -> AES256-SHA (annotation ssl-ciphers of Ingress shop/cart)\n"))
        #expect(text.contains("ssl_ciphers: AES128-SHA -> AES256-SHA (annotation ssl-ciphers)\n"), "\(text)")
    }

    @Test func `one annotation of many Ingresses is one change for a person`() async throws {
        let paths = ["/a", "/b", "/c", "/d", "/e"]
        let sides = ["7", "8"].map { value in
            paths.map { path in
                Self.annotated("web\(path.dropFirst())", "\(Self.prefix)/proxy-read-timeout: '\(value)'", path: path)
            }
        }
        let text = try await diff(sides[0], sides[1])
        #expect(text.contains("~ 5 routes (shop.example/"), "\(text)")
        #expect(text.contains("    proxy_read_timeout: 7s -> 8s (annotation proxy-read-timeout)\n"))
    }

    @Test func `a key of a ConfigMap is named for all hosts, and for the routes that it changes`() async throws {
        let old = [ingress(), Self.map("proxy-read-timeout: '90', hsts: 'false'")]
        let new = [
            ingress(more: "  tls: [{hosts: [shop.example]}]"),
            Self.map("proxy-read-timeout: '80', force-ssl-redirect: 'true'"),
        ]
        let text = try await diff(old, new)
        let key = "key proxy-read-timeout of ConfigMap ingress/nginx"
        #expect(text.contains("    proxy_read_timeout: 90s -> 80s (\(key))\n"), "\(text)")
        #expect(
            text.contains(
                "HSTS: none -> max-age=31536000; includeSubDomains (key hsts of ConfigMap ingress/nginx, tls)\n"
            )
        )
    }

    @Test func `programs get the settings by themselves, and other forms beside the trait`() async throws {
        let sides = ["7", "8"].map { [Self.annotated("web", "\(Self.prefix)/proxy-read-timeout: '\($0)'")] }
        let json = try await diff(sides[0], sides[1], "--format", "json")
        #expect(json.contains(#""causes" : ["#) && json.contains(#""annotation proxy-read-timeout""#))
        try await JSONSchema(name: "diff").expectValid([json])
        for format in ["markdown", "github", "html"] {
            let text = try await diff(sides[0], sides[1], "--format", format)
            #expect(
                text.contains("(annotation proxy-read-timeout)")
                    || text.contains(#"\(annotation proxy\-read\-timeout\)"#),
                "\(text)"
            )
        }
    }

    @Test func `what no setting brings names none`() async throws {
        let text = try await diff([ingress()], [ingress().replacing("number: 80", with: "number: 81")])
        #expect(text.contains("web:80 -> web:81") && !text.contains("81 (") && !text.contains("(annotation"), "\(text)")
    }
}
