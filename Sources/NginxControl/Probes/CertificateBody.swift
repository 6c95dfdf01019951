import ProxyConfiguration

/// What tells one certificate from another: the base64 text of the first one in PEM text.
struct CertificateBody: Sendable, Hashable {
    private let text: String

    /// Returns `nil` for text without a certificate.
    init?(pem: some StringProtocol) {
        guard let start = pem.firstRange(of: "-----BEGIN CERTIFICATE-----"),
            let end = pem[start.upperBound...].firstRange(of: "-----END CERTIFICATE-----")
        else { return nil }
        text = String(pem[start.upperBound..<end.lowerBound].filter { !$0.isWhitespace })
    }
}

/// Which certificate a configuration has for which host.
struct CertificateChoice {
    private let configuration: Configuration
    private let router: Router
    private let certificates: [TLSCertificate.FileName: TLSCertificate]

    init(_ configuration: Configuration, _ router: Router) {
        self.configuration = configuration
        self.router = router
        certificates = Dictionary(
            configuration.certificates.map { ($0.file, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// What a client must be presented that asks for a host in its handshake
    /// ([RFC 6066](https://www.rfc-editor.org/rfc/rfc6066#section-3)).
    func certificate(for serverName: String) -> TLSCertificate? {
        let server = router.server(named: serverName)
        // A server without one has that of the default server.
        let file = server?.certificate ?? configuration.servers.first?.certificate ?? configuration.fallbackCertificate
        return certificates[file]
    }
}
