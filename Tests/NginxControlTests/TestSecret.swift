import Foundation
import TestSupport
import Testing

/// Secrets with certificates that openssl makes.
enum TestSecret {
    /// One with an RSA key that is too short for OpenSSL to serve.
    static func weak(for host: String, name: String = "weak") async throws -> String {
        try await TemporaryFolder.use { folder in
            let outcome = try await Tool("openssl").run(
                [
                    "req", "-x509", "-newkey", "rsa:1024", "-nodes", "-days", "2", "-subj", "/CN=\(host)",
                    "-addext", "subjectAltName=DNS:\(host)", "-keyout", "tls.key", "-out", "tls.crt",
                ],
                in: folder
            )
            try #require(outcome.succeeded, "\(outcome.errors)")
            func base64(_ file: String) throws -> String {
                try Data(contentsOf: folder.appending(path: file)).base64EncodedString()
            }
            return """
                apiVersion: v1
                kind: Secret
                metadata: {name: \(name), namespace: shop}
                type: kubernetes.io/tls
                data:
                  tls.crt: \(try base64("tls.crt"))
                  tls.key: \(try base64("tls.key"))

                """
        }
    }
}
