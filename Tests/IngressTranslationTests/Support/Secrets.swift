import Certificates
import Diagnostics
import KubernetesModel
import Testing

extension Secret {
    /// A TLS Secret with a new certificate for a host.
    static func tls(_ name: String, for host: String, until end: Int64 = now + 1_000) throws -> Secret {
        let bundle = try SelfSignedCertificate.make(dnsName: host, notBefore: now - 1_000, notAfter: end)
        return Secret(
            metadata: IngressTranslationTests.metadata(name),
            type: "kubernetes.io/tls",
            data: ["tls.crt": bundle.content, "tls.key": bundle.content]
        )
    }

    /// The same Secret under another name.
    func named(_ name: String) -> Secret {
        var copy = self
        copy.metadata = IngressTranslationTests.metadata(name)
        return copy
    }
}
