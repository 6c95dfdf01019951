import Certificates
import Diagnostics
import Foundation
import NginxSyntax
import ProxyConfiguration

/// The certificate of hosts that have none.
enum FallbackCertificate {
    private static let fileName = "tls/default.pem"

    /// Takes the one that an earlier generation left in a folder, so that the same input gives the same files; else
    /// makes one.
    static func load(from folder: String? = nil) throws -> PrivateFile {
        guard let file = FilePath(fileName) else { throw CommandFailure("\(fileName) is no file name") }
        let now = Int64(Date().timeIntervalSince1970)
        if let folder, let old = existing(in: folder), old.warnings(at: now).isEmpty {
            return PrivateFile(file: file, bundle: old)
        }
        let bundle = try SelfSignedCertificate.make(notBefore: now - 3_600, notAfter: now + 365 * 86_400)
        return PrivateFile(file: file, bundle: bundle)
    }

    /// The certificate that a folder has by now, or a new one in place of one that has expired.
    static func renewed(_ certificate: PrivateFile, from folder: String) -> PrivateFile {
        let now = Int64(Date().timeIntervalSince1970)
        guard let end = certificate.expiry, end <= now else { return certificate }
        return (try? load(from: folder)) ?? certificate
    }

    private static func existing(in folder: String) -> CertificateBundle? {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(fileName)") else { return nil }
        let content = SecretBytes(Array(data))
        return try? CertificateBundle(certificateChain: content, privateKey: content)
    }
}

extension PrivateFile {
    fileprivate init(file: Name, bundle: CertificateBundle) {
        self.init(
            .certificate,
            file: file,
            content: bundle.content,
            summary: bundle.summary,
            expiry: bundle.notAfter
        )
    }
}
