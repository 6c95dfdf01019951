import COpenSSL
import Diagnostics

/// A server's end of a connection that nobody opens, freed when it goes out of scope.
///
/// It takes certificates and keys as its context does, and costs a hundredth of one.
@safe
struct TLSConnection: ~Copyable {
    private let raw: OpaquePointer

    init(of context: borrowing TLSContext, securityLevel: Int) throws(ServerIdentity.Refusal) {
        guard let raw = unsafe SSL_new(context.raw) else { throw .last(.key) }
        unsafe self.raw = raw
        unsafe SSL_set_security_level(raw, Int32(securityLevel))
    }

    deinit { unsafe SSL_free(raw) }

    /// As nginx does: the first is the server's own, all others its chain.
    func use(certificatesOf pem: SecretBytes) throws(ServerIdentity.Refusal) {
        let reader = try PEMSource(pem)
        var index = 0
        while let certificate = reader.certificate() {
            let isTaken =
                index == 0
                ? unsafe SSL_use_certificate(raw, certificate.raw) == 1
                : unsafe SSL_ctrl(raw, SSL_CTRL_CHAIN_CERT, 1, UnsafeMutableRawPointer(certificate.raw)) == 1
            guard isTaken else { throw .last(.certificate(index)) }
            index += 1
        }
        guard index > 0, OpenSSLErrors.isAtEndOfPEM else { throw .last(.certificate(index)) }
        OpenSSLErrors.clear()
    }

    /// - Parameters:
    ///   - kind: That of the key, where it is known.
    ///   - decoders: Those for keys whose kind is known.
    func use(
        keyOf pem: SecretBytes,
        kind: ServerIdentity.KeyKind?,
        _ decoders: inout KeyDecoders
    ) throws(ServerIdentity.Refusal) {
        if let kind, let key = try PEMSource(pem).key(of: kind, &decoders) { return try use(key) }
        OpenSSLErrors.clear()
        guard let key = try PEMSource(pem).key() else { throw .last(.key) }
        try use(key)
    }

    private func use(_ key: borrowing EncryptionKey) throws(ServerIdentity.Refusal) {
        guard unsafe SSL_use_PrivateKey(raw, key.raw) == 1, unsafe SSL_check_private_key(raw) == 1 else {
            throw .last(.key)
        }
    }
}
