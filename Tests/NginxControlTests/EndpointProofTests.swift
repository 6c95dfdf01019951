import Commands
import Controller
import Diagnostics
import IngressTranslation
import Manifests
import NginxControl
import ProxyConfiguration
import TestSupport
import Testing

/// No nginx is started for a change in which a proof could find nothing.
///
/// What would be started is no nginx: a proof that starts it fails.
struct EndpointProofTests {
    @Test func `endpoints that come and go are not proven`() async throws {
        let change = try await Change(from: ["10.1.0.1", "10.1.0.2"], to: ["10.1.0.2", "10.1.0.3", "10.1.0.4"])
        #expect(change.old != change.new)
        let proof = try await change.prove()
        #expect(proof.translation?.configuration == change.new && proof.findings.isEmpty && proof.exclusions.isEmpty)
    }

    @Test(arguments: [
        // The last endpoint goes: another configuration answers 503.
        Change.Sides(from: ["10.1.0.1"], to: []),
        // Maps of cookies name each endpoint.
        Change.Sides(from: ["10.1.0.1"], to: ["10.1.0.2"], annotation: "affinity: cookie"),
        Change.Sides(from: ["10.1.0.1"], to: ["10.1.0.2"], path: "/other"),
    ])
    func `whatever else changes is proven`(_ sides: Change.Sides) async throws {
        let change = try await Change(sides)
        let proof = try await change.prove()
        #expect(proof.translation == nil && proof.findings.map(\.code) == ["nginx-refused"])
    }
}

struct Change {
    let old: Configuration
    let new: Configuration
    private let candidate: Candidate
    private let prover: Prover

    struct Sides: Sendable {
        var from: [String]
        var to: [String]
        var path = "/"
        var annotation: String?
    }

    init(from: [String], to: [String]) async throws { try await self.init(Sides(from: from, to: to)) }

    init(_ sides: Sides) async throws {
        let broken = try #require(NginxProgram(at: "/bin/false"))
        let after = Site(manifests: Self.manifests(sides.to, sides.path, sides.annotation))
        let (prover, result, pipeline) = try await after.prepare(on: broken)
        let before = Self.manifests(sides.from, "/", sides.annotation).joined(separator: "---\n")
        old = pipeline.run([ManifestFile(name: "site.yaml", text: before)]).configuration
        self.prover = prover
        new = result.configuration
        candidate = result.candidate(of: pipeline)
    }

    func prove() async throws -> Proof { try await prover.prove(candidate, since: old) }

    private static func manifests(_ addresses: [String], _ path: String, _ annotation: String?) -> [String] {
        var ingress = Site.ingress("web", path: path)
        if let annotation {
            ingress = ingress.replacing(
                "metadata: {",
                with: "metadata: {annotations: {nginx.ingress.kubernetes.io/\(annotation), "
                    + "nginx.ingress.kubernetes.io/affinity-mode: persistent}, "
            )
        }
        let endpoints = addresses.map { "- {addresses: [\($0)], conditions: {ready: true}}\n" }.joined()
        return [
            ingress,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {clusterIP: 10.96.0.1, ports: [{port: 80, name: http}]}
            """ + "\n",
            """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            ports: [{name: http, port: 8080}]
            endpoints: \(addresses.isEmpty ? "[]" : "")
            \(endpoints)
            """,
        ]
    }
}
