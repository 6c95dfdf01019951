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

/// What random snippets for `stream` come to on a real nginx.
@Suite(.timeLimit(.minutes(10))) struct StreamSnippetTextTests {
    /// Directives of which random ones make a server, most of them good; `%` stands for a hostile text.
    private static let directives = [
        "proxy_timeout 5s;", "proxy_timeout \"%\";", "proxy_upload_rate 10k;", "tcp_nodelay on;", "allow 10.0.0.0/8;",
        "deny \"%\";", "deny all;", "access_log off;", "proxy_protocol on;", "proxy_next_upstream off;",
        "proxy_responses 1;", "preread_timeout 3s;", "set $a \"%\";", "include %;", "return \"%\";", "%", "} %", "# %",
        "proxy_socket_keepalive on;", "proxy_half_close on;", "proxy_download_rate \"%\";", "access_log \"%\";",
    ]

    private static let targets = [
        "web:80", "192.0.2.7:80", "[2001:db8::7]:80", "up", "up", "%:80", "web:%", "web.shop.svc:80",
    ]

    private static let members = [
        "server web:80;", "server 192.0.2.7:80 weight=2;", "server 192.0.2.8:80 backup;", "server \"%\";",
        "server 192.0.2.9:80 max_fails=1 fail_timeout=5s max_conns=3;", "least_conn;", "random two;",
        "hash $remote_addr consistent;", "hash \"%$remote_port\";", "zone up 64k;", "server 192.0.2.9:80 %;",
    ]

    private static func snippet(_ port: Int, _ random: inout SeededRandom) -> String {
        let texts = HostileText.all.filter { $0.utf8.count < 1_000 }
        func some(_ all: [String], _ count: Int) -> String {
            (0..<count).map { _ in all.randomElement(using: &random) ?? "" }.joined(separator: "\n")
        }
        let target = Int.random(in: 0..<4, using: &random) > 0 ? "web:80" : some(targets, 1)
        let text = """
            upstream up { \(some(members, Int.random(in: 1...3, using: &random))) }
            server {
                listen \(port);
                proxy_pass \(target);
                \(some(directives, Int.random(in: 0...3, using: &random)))
            }
            """
        return text.replacing("%", with: texts.randomElement(using: &random) ?? "")
    }

    @Test func `one nginx takes what random snippets come to, and all of it stands in its place`() async throws {
        var random = SeededRandom(seed: 12)
        let snippets = (0..<400).map { Self.snippet(3_000 + $0, &random) }
        let result = try await Self.pipeline.run([
            EverySetting.manifests(snippets.map { [("stream-snippet", $0)] }), Self.configMap,
        ])
        let text = result.generation.configurationText
        let stream = try #require(ConfigurationParser.parse(Array(text.utf8)).first { $0.name == "stream" }?.block)
        let servers = stream.filter { $0.name == "server" }
        // Many are whole, and many are not.
        #expect(servers.count > 50 && servers.count < 350)
        #expect(servers.count == result.configuration.streams?.servers.count)
        for server in servers {
            #expect(Set((server.block ?? []).map(\.name)).subtracting(Self.known) == [])
            #expect((server.block ?? []).count { $0.name == "listen" } >= 1)
        }
        let (isTaken, output) = try await result.generation.tested()
        #expect(isTaken, "\(output)")
    }

    /// No good use may be set aside by the proof.
    @Test func `Ingresses with ports are proven, and none is set aside`() async throws {
        let snippets = [
            "server { listen 5000; proxy_pass web:80; allow 10.0.0.0/8; deny all; }",
            "server { listen 5001 udp; proxy_pass 192.0.2.7:53; proxy_responses 0; }",
            "server { listen 5002 proxy_protocol; proxy_pass web:80; proxy_protocol on; proxy_timeout 1s; }",
            "upstream u { least_conn; server web:80; server 192.0.2.7:80 backup; } server { listen 5003; proxy_pass u; }",
            "upstream u { hash $remote_addr; server web:80; } server { listen 5004; proxy_pass u; access_log off; }",
        ]
        let pipeline = try await Self.pipeline
        let result = pipeline.run([
            EverySetting.manifests(snippets.map { [("stream-snippet", $0)] }), Self.configMap,
        ])
        #expect(result.diagnostics.filter { $0.severity != .note }.map(\.text) == [])
        #expect(result.configuration.streams?.servers.count == 5)
        let nginx = try #require(NginxProgram())
        let prover = Prover(nginx, renderer: pipeline.renderer, bounds: ProofBounds(requests: 2_000))
        let proof = try await NginxSlots.shared.use { try await prover.prove(result.candidate(of: pipeline)) }
        #expect(proof.findings.filter { $0.severity != .note }.map(\.text) == [])
        #expect(proof.exclusions.isEmpty)
    }

    private static var pipeline: Pipeline {
        get async throws {
            // The module for TCP and UDP is one to be loaded in most packages.
            let newer = await NewerNginx.capabilities
            let own = newer == nil ? await NginxProgram()?.capabilities() : nil
            return try await FixturePipelines.shared.pipeline(for: ["--configmap=ingress/global"], on: newer ?? own)
        }
    }

    /// All that a server may come to.
    private static let known: Set = [
        "access_log", "allow", "deny", "listen", "preread_timeout", "proxy_download_rate", "proxy_half_close",
        "proxy_next_upstream", "proxy_pass", "proxy_protocol", "proxy_responses", "proxy_socket_keepalive",
        "proxy_timeout", "proxy_upload_rate", "tcp_nodelay",
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
