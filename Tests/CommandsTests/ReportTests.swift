import Foundation
import TestSupport
import Testing

/// How much is said, and in which characters.
struct ReportTests {
    private let many = (1...5).map { ingress("web\($0)", host: "h\($0).example") }.joined(separator: "---\n")

    @Test func `assumed Services are one note, and each by itself where that is asked for`() async throws {
        try await CommandLine.use(["web.yaml": many]) { shell in
            let outcome = try await shell.run("check", "web.yaml")
            #expect(
                outcome.text == """
                    note: 5 Services are not in the input (Service shop/web1, Service shop/web2, Service shop/web3, …); \
                    192.0.2.1 stands for endpoints [objects-assumed]
                        hint: --verbose tells each by itself; with --as folder or --as cluster the input is all there is

                    """
            )
            let verbose = try await shell.run("check", "--verbose", "web.yaml").text
            #expect(verbose.components(separatedBy: "[service-assumed]").count == 6)
            let quiet = try await shell.run("check", "--quiet", "web.yaml")
            #expect(quiet.text.isEmpty)
            #expect(quiet.status == 0)
        }
    }

    @Test func `of many notes of a kind one is told`() async throws {
        let text = many.replacing("  ingressClassName: nginx\n", with: "")
        try await CommandLine.use(["web.yaml": text]) { shell in
            let outcome = try await shell.run("check", "web.yaml")
            #expect(outcome.text.components(separatedBy: "[class-missing]").count == 2)
            #expect(outcome.text.contains("(and 4 more notes of this kind, which --verbose tells) [class-missing]"))
        }
    }

    @Test func `the annotations without effect are counted at the end`() async throws {
        let annotations = ["upstream-hash-by-subset", "upstream-hash-by-subset", "no-such-thing"].enumerated().map {
            number,
            name in
            let text = ingress("web\(number)", host: "h\(number).example")
            return text.replacing(
                "  namespace: shop\n",
                with: "  namespace: shop\n  annotations: {nginx.ingress.kubernetes.io/\(name): \"1\"}\n"
            )
        }
        try await CommandLine.use(["web.yaml": annotations.joined(separator: "---\n")]) { shell in
            let outcome = try await shell.run("check", "web.yaml")
            #expect(
                outcome.text.hasSuffix(
                    """

                    annotations without effect:
                        2  nginx.ingress.kubernetes.io/upstream-hash-by-subset
                        1  nginx.ingress.kubernetes.io/no-such-thing

                    """
                ),
                "\(outcome.text)"
            )
        }
    }

    @Test func `why an Ingress of another class is left out is told to who asks`() async throws {
        let text =
            ingress() + "---\n" + ingress("other", host: "o.example").replacing("nginx", with: "alb") + """
                ---
                apiVersion: networking.k8s.io/v1
                kind: IngressClass
                metadata: {name: alb}
                spec: {controller: ingress.k8s.aws/alb}

                """
        try await CommandLine.use(["web.yaml": text]) { shell in
            let short = try await shell.run("check", "web.yaml")
            #expect(!short.text.contains("class-of-others"))
            #expect(short.errors == "1 file, 2 Ingresses (1 left out), 1 host: 1 note\n")
            let verbose = try await shell.run("check", "--verbose", "web.yaml").text
            #expect(
                verbose.contains(
                    "web.yaml:23:21: note: IngressClass 'alb' is of the controller 'ingress.k8s.aws/alb', and ours are "
                ),
                "\(verbose)"
            )
        }
    }

    @Test func `a configuration is shown in characters that print, and written as it is`() async throws {
        try await CommandLine.use(["web.yaml": ingress(path: "\"/a\\u200bb\"")]) { shell in
            let written = try await shell.run("render", "web.yaml").text
            #expect(written.contains("/a\u{200B}b"))
            let program = try Tool(built: "postern").url.path
            let arguments = ["-qec", "'\(program)' render '\(shell.path("web.yaml"))'", "/dev/null"]
            let shown = try await Tool("script").run(arguments).text
            #expect(shown.contains("/a\\u{200b}b"), "\(shown.suffix(500))")
            #expect(!shown.contains("\u{200B}"))
            let diff = try await shell.run("diff", "/dev/null", "web.yaml").text
            #expect(diff.contains("/a\\u{200b}b") && !diff.contains("\u{200B}"))
        }
    }

    @Test func `no line is forged, by a file's name or by what stands in it`() async throws {
        let text = """
            apiVersion: "networking.k8s.io/v7\\n::error file=x::forged"
            kind: Ingress
            metadata: {name: a}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: b}
            spec: {"x\\n::add-mask::y\\e[31m\\u202e": 1, defaultBackend: {service: {name: s, port: {number: 80}}}}
            ---
            "k\\x9b31m\\u2028##[error]": 1
            "k\\x9b31m\\u2028##[error]": 1
            """
        try await CommandLine.use(["::error title=x::forged.yaml": text]) { shell in
            let name = "::error title=x::forged.yaml"
            let outcomes = [
                try await shell.run("check", name), try await shell.run("check", "--format", "json", name),
                try await shell.run("check", "a\n::error::forged.yaml"), try await shell.run("check", "--no-\n::such"),
                try await shell.run("render", "--http-port=\n::error::x", name),
                try await shell.run("diff", name, "/dev/null"),
            ]
            for outcome in outcomes {
                for line in (outcome.text + outcome.errors).split(separator: "\n") {
                    #expect(!line.drop { $0 == " " }.hasPrefix("::"), "\(line)")
                    #expect(!line.contains("##["), "\(line)")
                    #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
                    #expect(!line.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{2028}" })
                }
            }
            #expect(outcomes[0].text.contains("x\\u{a}::add-mask::y\\u{1b}[31m\\u{202e}"), "\(outcomes[0].text)")
        }
    }
}
