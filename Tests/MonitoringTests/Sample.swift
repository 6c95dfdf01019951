import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The possible outcomes of a reconcile.
enum Sample {
    /// A translation with the certificate of one Secret.
    static func translation(expiring expiry: Int64) throws -> Translation {
        let file = try #require(FilePath("tls/web.pem"))
        let fallback = PrivateFile(.certificate, file: file, content: .init([]))
        let listener = Listener(.http, at: .port(try #require(PortNumber(80))))
        let settings = TranslationSettings(fallbackCertificate: fallback, listeners: [listener], now: 1_800_000_000)
        var translation = translate(ClusterSnapshot(), with: settings)
        let secret = ObjectReference(kind: "Secret", namespace: "shop", name: "web-tls")
        translation.configuration.privateFiles = [
            PrivateFile(.certificate, file: file, origin: secret, content: .init([]), expiry: expiry)
        ]
        return translation
    }
}
