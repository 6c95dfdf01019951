import Certificates
import Diagnostics
import EchoBackend
import Foundation
import IngressTranslation
import KubernetesModel
import Manifests
import NginxRendering
import NginxSyntax
import ProxyConfiguration

/// The configuration of the sample manifests, in front of backends of this machine.
struct DemoSite: Sendable {
    let generation: Generation

    /// Where nginx puts what does not fit into memory, below the demo's folder.
    static let temporaryFolder = "temp"

    init(
        _ backends: [String: EchoBackend.Address],
        _ ports: DemoPorts,
        _ capabilities: NginxCapabilities
    ) throws {
        let now = Int64(Date().timeIntervalSince1970)
        var (snapshot, diagnostics) = ManifestReader().read(
            DemoManifests.all.map { ManifestFile(name: $0.name, text: $0.text) }
        )
        snapshot.secrets.append(try Self.secret(now: now))
        var translation = translate(snapshot, with: try Self.settings(ports, now: now))
        diagnostics += translation.diagnostics
        let renderer = ConfigurationRenderer(for: capabilities, diagnostics: &diagnostics)
        guard let renderer, diagnostics.isEmpty else { throw CommandFailure(DiagnosticReport.text(diagnostics)) }
        try Self.connect(&translation.configuration, to: backends)
        generation = renderer.render(translation.configuration)
    }

    /// The certificate of the host with TLS, as a cluster would hold it.
    private static func secret(now: Int64) throws -> Secret {
        let bundle = try SelfSignedCertificate.make(
            commonName: "account.example",
            organization: "Postern Demo",
            dnsName: "account.example",
            notBefore: now - 3_600,
            notAfter: now + 30 * 86_400
        )
        return Secret(
            metadata: ObjectMetadata(name: "account-tls", namespace: DemoSample.namespace),
            type: "kubernetes.io/tls",
            data: ["tls.crt": bundle.content, "tls.key": bundle.content]
        )
    }

    private static func settings(_ ports: DemoPorts, now: Int64) throws -> TranslationSettings {
        guard let host = IPAddress(DemoPorts.host) else { throw CommandFailure("\(DemoPorts.host) is no address") }
        var settings = TranslationSettings(
            fallbackCertificate: try FallbackCertificate.load(),
            listeners: [
                Listener(.http, at: .internet(host, ports.http)), Listener(.https, at: .internet(host, ports.https)),
            ],
            now: now
        )
        settings.assumesMissingObjects = false
        settings.readsManifests = false
        // Relative to the demo's folder, which is nginx's prefix.
        settings.process = ProcessSettings(
            pidFile: FilePath(known: "nginx.pid"),
            errorLog: FilePath(known: "error.log"),
            accessLog: FilePath(known: "access.log"),
            temporaryFolder: FilePath(temporaryFolder)
        )
        return settings
    }

    /// Puts the backends in the place of the endpoints, which Kubernetes does not allow to be of the machine itself.
    private static func connect(
        _ configuration: inout Configuration,
        to backends: [String: EchoBackend.Address]
    ) throws(CommandFailure) {
        for index in configuration.upstreams.indices {
            let service = configuration.upstreams[index].origin?.name ?? ""
            guard let backend = backends[service], let host = IPAddress(backend.host),
                let port = PortNumber(Int(backend.port))
            else { throw CommandFailure("the demo has no backend for the Service '\(service)'") }
            configuration.upstreams[index].servers = [.internet(host, port)]
        }
    }
}
