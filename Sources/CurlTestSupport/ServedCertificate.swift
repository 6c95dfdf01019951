import TestSupport

/// The certificate that a server showed for itself.
package struct ServedCertificate: Sendable, Hashable {
    /// The common name of the subject; empty if it has none.
    package let commonName: String
    /// The host names that it is for.
    package let hostNames: [String]
    /// Of the whole certificate, in upper-case hexadecimal with colons, as openssl prints it.
    package let sha256: String

    /// Whether it is made out for exactly this name, by common name or alternative name; a wildcard is not expanded.
    package func names(_ host: String) -> Bool {
        ([commonName] + hostNames).contains { $0.lowercased() == host.lowercased() }
    }

    /// Reads the first certificate in a text; `nil` if there is none.
    init?(pem: String) async throws {
        guard pem.contains("-----BEGIN CERTIFICATE-----") else { return nil }
        let outcome = try await Tool("openssl").run(
            [
                "x509", "-noout", "-subject", "-nameopt", "multiline,utf8,-esc_msb", "-ext", "subjectAltName",
                "-fingerprint", "-sha256",
            ],
            input: pem
        )
        var commonName = ""
        var hostNames: [String] = []
        var sha256 = ""
        for line in outcome.text.split(separator: "\n") {
            let sides = line.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
            if sides.count == 2, sides[0].hasPrefix("commonName ") {
                commonName = String(sides[1])
            } else if sides.count == 2, sides[0].lowercased().hasPrefix("sha256 fingerprint") {
                sha256 = String(sides[1])
            } else {
                let names = line.split(separator: ",").map { $0.drop { $0 == " " } }
                hostNames += names.filter { $0.hasPrefix("DNS:") }.map { String($0.dropFirst(4)) }
            }
        }
        self.commonName = commonName
        self.hostNames = hostNames
        self.sha256 = sha256
    }
}
