import ProxyConfiguration

/// The identity of a certificate: the base64 text of the first one in PEM text.
struct CertificateBody: Sendable, Hashable {
    private let base64: [UInt8]

    /// Returns `nil` for text without a certificate.
    init?(pem: some Sequence<UInt8>) {
        var base64: [UInt8]?
        for line in Array(pem).split(whereSeparator: \.isLineEnd) {
            if line.elementsEqual("-----BEGIN CERTIFICATE-----".utf8) {
                base64 = []
            } else if line.elementsEqual("-----END CERTIFICATE-----".utf8) {
                break
            } else {
                base64?.append(contentsOf: line)
            }
        }
        guard let base64 else { return nil }
        self.base64 = base64
    }
}

/// Which certificate a configuration has for which host.
struct CertificateChoice {
    private let configuration: Configuration
    private let router: Router
    private let certificates: [PrivateFile.Name: PrivateFile]

    init(_ configuration: Configuration, _ router: Router) {
        self.configuration = configuration
        self.router = router
        certificates = Dictionary(
            configuration.privateFiles.map { ($0.file, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The certificate for a client that asks for a host in its handshake
    /// ([RFC 6066](https://www.rfc-editor.org/rfc/rfc6066#section-3)).
    func certificate(for serverName: String) -> PrivateFile? {
        // A name that no host can have is one that no server is for.
        let server = router.server(named: serverName) ?? configuration.servers.first
        return certificates[server?.certificate ?? configuration.fallbackCertificate]
    }
}

extension UInt8 {
    fileprivate var isLineEnd: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
