import Diagnostics
import KubernetesModel
import ProxyConfiguration
import TextCoding

/// Certificates that are served and whose time is over soon.
struct ExpiringCertificates {
    /// Certificate authorities that renew on their own do so with a third of 90 days left.
    private static let notice: Int64 = 30 * 86_400

    private let files: [PrivateFile]
    private let secrets: [ObjectReference: Secret]
    private let now: Int64

    init(_ result: Pipeline.Result, now: Int64) {
        let limit = now + Self.notice
        files = result.configuration.privateFiles.filter { file in
            file.origin != nil && file.expiry.map { $0 > now && $0 <= limit } ?? false
        }
        secrets =
            files.isEmpty
            ? [:]
            : Dictionary(result.snapshot.secrets.compactMap { secret in secret.reference.map { ($0, secret) } }) {
                first,
                _ in first
            }
        self.now = now
    }

    var findings: [Diagnostic] {
        files.compactMap { file in
            guard let origin = file.origin, let expiry = file.expiry else { return nil }
            return Diagnostic(
                .warning,
                code: "certificate-expires-soon",
                "the certificate expires at \(UTCTimestamp(expiry)); clients refuse it then",
                object: origin,
                field: "data",
                position: secrets[origin]?.metadata.source?.position(of: "data")
            )
        }
    }
}
