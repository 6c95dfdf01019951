import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// What `diff --state-dir` and `explain --state-dir` say of ports of TCP and UDP, and of TLS that is passed on.
@Suite(.timeLimit(.minutes(10)))
struct ServedPortTests {
    private static let options = [
        "--tcp-services-configmap", "ingress/tcp", "--udp-services-configmap", "ingress/udp",
        "--enable-ssl-passthrough",
    ]

    private static func ingress(passing isPassed: Bool) -> String {
        Manifest.ingress("a") + Manifest.service("a")
            + """
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: vault
              namespace: shop
              annotations: {nginx.ingress.kubernetes.io/ssl-passthrough: "\(isPassed)"}
            spec:
              ingressClassName: nginx
              rules:
              - host: vault.example
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: db-tcp, port: {number: 5432}}}}]}

            """
    }

    @Test func `what serves is what is explained, until it changes`() async throws {
        let (backend, tcp) = (try ClaimedPort.next(), try ClaimedPort.next())
        // Claimed ports are marked as such by UDP, and begin above that one.
        let udp = tcp - 3_000
        try await ControllerSite.use { site in
            try site.write(Self.ingress(passing: true), to: "a.yaml")
            try site.write(StreamManifest.text(to: backend, tcp), to: "tcp.yaml")
            try site.write(StreamManifest.text(to: backend, udp, in: "udp"), to: "udp.yaml")
            _ = try await site.run(Self.options + ["--healthz-port", "\(site.healthPort)"]) { _ in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                try await eventually("the ports are served") {
                    site.stateText("good/nginx.conf").contains("listen \(udp) udp")
                }
                func postern(_ command: String, _ more: String..., with input: [String]) async throws -> Tool.Outcome {
                    let arguments = [command, "--state-dir", site.state, "--as", "folder"] + site.ports + Self.options
                    return try await Tool(built: "postern").run(arguments + more + input)
                }
                let same = try await postern("diff", with: [site.manifests])
                #expect(same.status == 0, "\(same.text)\(same.errors)")
                let urls = ["tcp://db.example:\(tcp)", "udp://db.example:\(udp)", "https://vault.example/any"]
                for url in urls + ["tcp://db.example:1", "http://vault.example/"] {
                    let agreed = try await postern("explain", url, with: [site.manifests])
                    #expect(agreed.status == 0, "\(url): \(agreed.text)\(agreed.errors)")
                    #expect(agreed.text.contains("\nserved "), "\(agreed.text)")
                }
                let other = "\(site.folder)/other"
                try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
                let text = Self.ingress(passing: false) + "---\n" + StreamManifest.text(to: backend + 1, tcp)
                try text.write(toFile: "\(other)/all.yaml", atomically: true, encoding: .utf8)
                for url in urls {
                    let changed = try await postern("explain", url, with: [other])
                    #expect(changed.status == 1, "\(url): \(changed.text)\(changed.errors)")
                    #expect(changed.text.contains("serves it otherwise: "), "\(changed.text)")
                }
                let diff = try await postern("diff", with: [other])
                #expect(diff.status == 1)
                #expect(diff.text.contains("-        listen \(udp) udp reuseport;"), "\(diff.text)")
            }
        }
    }
}
