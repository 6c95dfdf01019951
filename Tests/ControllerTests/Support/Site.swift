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
    /// - Parameters:
    ///   - secret: What is in the Secret that each of them names, which is no certificate.
    ///   - headers: What is in the ConfigMap that each of them names.
    ///   - settings: What is in the ConfigMap with the settings of all.
    static func reading(
        _ roots: KeyValuePairs<String, String>,
        above: String = "",
        secret: String? = nil,
        headers: String? = nil,
        settings: String? = nil
    ) -> SourceReading {
        var text = roots.map(ingress).joined(separator: "---\n")
        if let secret {
            text = text.replacing("spec:\n", with: "spec:\n  tls: [{secretName: web}]\n")
            text += "---\napiVersion: v1\nkind: Secret\nmetadata: {name: web, namespace: shop}\n"
            text += "stringData: {tls.crt: \(secret)}\n"
        }
        if let headers {
            let key = "nginx.ingress.kubernetes.io/auth-proxy-set-headers"
            text = text.replacing("annotations: {", with: "annotations: {\(key): headers, ")
            text += configMap("headers", headers)
        }
        if let settings { text += configMap("settings", settings) }
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

    private static func configMap(_ name: String, _ value: String) -> String {
        "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name), namespace: shop}\ndata: {X-A: \(value)}\n"
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
