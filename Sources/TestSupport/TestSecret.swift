import Crypto
package import Foundation
import TextCoding

/// A Secret with a certificate for one host.
package struct TestSecret: Sendable {
    package var certificate: Data
    package var key: Data

    /// Makes a certificate and its key, of elliptic curves unless another kind is named.
    package init(for host: String, key kind: String = "ec:prime256v1", days: Int = 2) async throws {
        let parts = kind.split(separator: ":")
        let choice = parts[0] == "ec" ? ["ec", "-pkeyopt", "ec_paramgen_curve:\(parts[1])"] : [kind]
        (certificate, key) = try await TemporaryFolder.use { folder in
            let outcome = try await Tool("openssl").run(
                ["req", "-x509", "-newkey"] + choice + [
                    "-nodes", "-days", "\(days)", "-subj", "/CN=\(host)", "-addext", "subjectAltName=DNS:\(host)",
                    "-keyout", "tls.key", "-out", "tls.crt",
                ],
                in: folder
            )
            guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
            return (
                try Data(contentsOf: folder.appending(path: "tls.crt")),
                try Data(contentsOf: folder.appending(path: "tls.key"))
            )
        }
    }

    package func manifest(named name: String, in namespace: String = "shop") -> String {
        """
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: "\(name)", namespace: "\(namespace)"}
        type: kubernetes.io/tls
        data:
          tls.crt: \(certificate.base64EncodedString())
          tls.key: \(key.base64EncodedString())

        """
    }

    /// As a client sees it.
    package var fingerprint: String {
        let lines = String(decoding: certificate, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("-") }
        let digest = SHA256.hash(data: Data(base64Encoded: lines.joined()) ?? Data())
        return digest.map { [$0].hexadecimal.uppercased() }.joined(separator: ":")
    }

    /// Texts by which the key is known, as nginx reads it and as the manifest has it.
    package var traces: [String] {
        let lines = String(decoding: key, as: UTF8.self).split(separator: "\n")
        return [String(lines[1]), String(key.base64EncodedString().dropFirst(40).prefix(60))]
    }
}
