import Certificates
import Controller
import Diagnostics
import IngressTranslation
import Manifests
import NginxSyntax
import ProxyConfiguration
import Testing

/// Ingresses that send `/` of a host to a path, which tells one form of an Ingress from another.
enum Site {
    /// Reads an Ingress for each host, in the order that they are given; all in one file.
    ///
    /// - Parameter secret: What is in the Secret that each of them names, which is no certificate.
    static func reading(
        _ roots: KeyValuePairs<String, String>,
        above: String = "",
        secret: String? = nil
    ) -> SourceReading {
        var text = roots.map(ingress).joined(separator: "---\n")
        if let secret {
            text = text.replacing("spec:\n", with: "spec:\n  tls: [{secretName: web}]\n")
            text += "---\napiVersion: v1\nkind: Secret\nmetadata: {name: web, namespace: shop}\n"
            text += "stringData: {tls.crt: \(secret)}\n"
        }
        let (snapshot, diagnostics) = ManifestReader().read([ManifestFile(name: "site.yaml", text: above + text)])
        #expect(diagnostics.isEmpty)
        return SourceReading(snapshot: snapshot)
    }

    static func settings() throws -> TranslationSettings {
        let file = try #require(FilePath("tls/default.pem"))
        let fallback = PrivateFile(.certificate, file: file, content: .init([]))
        let listener = Listener(.http, at: .port(try #require(PortNumber(80))))
        return TranslationSettings(fallbackCertificate: fallback, listeners: [listener], now: 1_800_000_000)
    }

    private static func ingress(_ host: String, _ root: String) -> String {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: \(host)
          namespace: shop
          annotations: {nginx.ingress.kubernetes.io/app-root: \(root)}
        spec:
          ingressClassName: nginx
          rules:
          - host: \(host)
            http:
              paths:
              - {path: /x, pathType: Prefix, backend: {service: {name: x, port: {number: 80}}}}

        """
    }
}
