package import Foundation

/// A certificate that openssl makes for a test.
package struct CertificateFiles: Sendable {
    /// PEM.
    package let certificate: URL
    /// PEM, without a password.
    package let key: URL

    /// Writes `NAME.crt` and `NAME.key` to a folder; the first host name becomes the common name.
    package init(named name: String, for hostNames: [String], in folder: URL) async throws {
        certificate = folder.appending(path: "\(name).crt")
        key = folder.appending(path: "\(name).key")
        let outcome = try await Tool("openssl").run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=\(hostNames.first ?? "")",
            "-addext", "subjectAltName=" + hostNames.map { "DNS:\($0)" }.joined(separator: ","),
            "-keyout", key.path(percentEncoded: false), "-out", certificate.path(percentEncoded: false),
        ])
        guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
    }
}
