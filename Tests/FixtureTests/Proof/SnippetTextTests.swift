import Commands
import Controller
import Diagnostics
import Foundation
import Manifests
import NginxControl
import NginxRendering
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// What random snippets come to on a real nginx.
@Suite(.timeLimit(.minutes(10))) struct SnippetTextTests {
    /// Directives of which random ones make a snippet, most of them good; `%` stands for a hostile text.
    private static let directives = [
        "more_set_headers \"X-A: b\";", "add_header X-B \"%\";", "add_header X-C '%' always;",
        "more_set_headers 'X-D: %';",
        "proxy_set_header X-E \"%\";", "set $a \"%\";", "set $b $a;", "add_header X-F $a;", "return 200 \"%\";",
        "return 200 \"a\\nb$a\\n\\n\";", "return 403;", "return 302 \"https://b.example/%\";", "return 302 /%;",
        "if ($arg_a) { return 204; }", "if ($http_a ~ \"%\") { set $a 1; add_header X-G \"%\"; }",
        "if ($a = \"%\") { more_set_headers 'X-H: %'; expires 1h; }", "if ($host !~* '%') { return 404; }",
        "rewrite \"%\" /b break;", "rewrite ^/(.*)$ \"/%/$1\" last;", "rewrite ^/b$ https://b.example/ permanent;",
        "break;",
        "deny 192.0.2.0/24;", "allow all;", "expires max;", "limit_except GET { deny all; }", "proxy_read_timeout 5m;",
        "gzip off;", "charset %;", "default_type \"%\";", "location = \"/%\" { return 200 \"%\"; }",
        "location ~ \"%\" { deny all; }", "location /c { add_header X-I \"%\"; return 301 /d; }", "%", "} %", "# %",
        "proxy_pass http://%;", "include %;", "auth_request_set $c $upstream_http_a;",
    ]

    private static func snippet(_ random: inout SeededRandom) -> String {
        let texts = HostileText.all.filter { $0.utf8.count < 1_000 }
        return (0..<Int.random(in: 1...4, using: &random)).map { _ in
            let directive = directives.randomElement(using: &random) ?? ""
            let text = texts.randomElement(using: &random) ?? ""
            return directive.replacing("%", with: text)
        }.joined(separator: "\n")
    }

    @Test func `one nginx takes what random snippets come to, and all of it stands in its place`() async throws {
        var random = SeededRandom(seed: 11)
        let count = 400
        let snippets = (0..<count).map { _ in Self.snippet(&random) }
        let pipeline = try await FixturePipelines.shared.pipeline(for: ["--configmap=ingress/global"])
        let names = ["configuration-snippet", "server-snippet"]
        let ingresses = EverySetting.manifests(snippets.enumerated().map { [(names[$0 % 2], $1)] })
        let result = pipeline.run([ingresses, Self.configMap])
        let text = result.generation.configurationText
        let http = try ConfigurationParser.parse(Array(text.utf8)).first { $0.name == "http" }
        let servers = try #require(http?.block).filter { $0.name == "server" }
        #expect(servers.count == count + 1)
        for server in servers {
            for directive in server.block ?? [] where directive.name == "location" {
                let inner = directive.block ?? []
                let names = Set(inner.map(\.name) + inner.flatMap { $0.block ?? [] }.map(\.name))
                #expect(names.subtracting(Self.known) == [])
            }
        }
        // Half of them ask for something, so that the rest of the test is about it.
        #expect(text.components(separatedBy: "X-A b").count > 10)
        let (isTaken, output) = try await result.generation.tested()
        #expect(isTaken, "\(output)")
    }

    /// No good use may be set aside by the proof.
    @Test func `Ingresses with snippets are proven, and none is set aside`() async throws {
        let pipeline = try await FixturePipelines.shared.pipeline(for: ["--configmap=ingress/global"])
        let paths = [
            "more_set_headers 'X-A: b'; proxy_set_header X-C $host;", "allow 10.0.0.0/8; deny all;", "return 403;",
            "if ($http_user_agent ~* bot) { return 403; } if ($arg_a) { return 302 /b; }",
            "deny all; return 200 'ok\n';",
            "return 301 https://b.example$request_uri;", "rewrite ^/api/(.*)$ /b/$1 break;", "rewrite ^ /b last;",
            "limit_except POST { deny all; }", "set $a $request_method; if ($a = GET) { return 204; }",
            "if ($remote_addr = 10.0.0.1) { return 403; }",
            "if ($scheme = http) { return 301 https://$host$request_uri; }",
            "rewrite ^/api$ https://b.example/$arg_a permanent;", "if ($request_method != GET) { return 405; }",
        ]
        let hosts = [
            "location = /health { return 200 ok; } location /api/x { deny all; }", "location ~ \\.php$ { return 404; }",
            "rewrite ^/old/(.*)$ /api/$1 last;", "if ($host ~ ^web) { return 301 https://b.example$request_uri; }",
            "location / { return 301 https://b.example$request_uri; }", "deny all;", "add_header X-A b; etag off;",
        ]
        let ingresses = EverySetting.manifests(
            paths.map { [("configuration-snippet", $0)] } + hosts.map { [("server-snippet", $0)] }
        )
        let result = pipeline.run([ingresses, Self.configMap])
        #expect(result.diagnostics.map(\.text) == [])
        let nginx = try #require(NginxProgram())
        let prover = Prover(nginx, renderer: pipeline.renderer, bounds: ProofBounds(requests: 2_000))
        let proof = try await NginxSlots.shared.use { try await prover.prove(result.candidate(of: pipeline)) }
        #expect(proof.findings.filter { $0.severity != .note }.map(\.text) == [])
        #expect(proof.exclusions.isEmpty)
        #expect(proof.requestCount >= 100)
    }

    /// All that a location may come to by a snippet, and what it has anyway.
    private static let known: Set = [
        "access_log", "add_header", "allow", "break", "charset", "default_type", "deny", "expires", "gzip", "if",
        "proxy_hide_header", "proxy_pass", "proxy_read_timeout", "proxy_set_header", "return", "rewrite", "set",
        "stub_status",
    ]

    /// Has snippets read.
    private static let configMap = ManifestFile(
        name: "configmap.yaml",
        text: """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: global, namespace: ingress}
            data: {allow-snippet-annotations: 'true'}

            """
    )
}
