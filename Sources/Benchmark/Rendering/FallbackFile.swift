import Certificates
import NginxSyntax
import ProxyConfiguration

/// The certificate of hosts that have none, as `postern render` makes it.
enum FallbackFile {
    static func certificate() throws -> PrivateFile {
        let bundle = try SelfSignedCertificate.make(notBefore: 1_735_689_600, notAfter: 1_893_456_000)
        let file = FilePath(known: "tls/default.pem")
        return PrivateFile(.certificate, file: file, content: bundle.content, summary: bundle.summary)
    }
}
