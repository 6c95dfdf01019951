import COpenSSL
import Diagnostics

/// The settings of a TLS server, freed when they go out of scope.
@safe
struct TLSContext: ~Copyable {
    private let raw: OpaquePointer

    init(securityLevel: Int) throws(ServerIdentity.Refusal) {
        guard let raw = unsafe SSL_CTX_new(TLS_server_method()) else { throw .last(.key) }
        unsafe self.raw = raw
        unsafe SSL_CTX_set_security_level(raw, Int32(securityLevel))
    }

    deinit { unsafe SSL_CTX_free(raw) }

    /// The level of settings that nobody has changed.
    static var defaultSecurityLevel: Int {
        guard let raw = unsafe SSL_CTX_new(TLS_server_method()) else { return 0 }
        defer { unsafe SSL_CTX_free(raw) }
        return unsafe Int(SSL_CTX_get_security_level(raw))
    }

    /// As nginx does: the first is the server's own, all others its chain.
    func use(certificatesOf pem: SecretBytes) throws(ServerIdentity.Refusal) {
        let reader = try PEMSource(pem)
        var index = 0
        while let certificate = reader.certificate() {
            let isTaken =
                index == 0
                ? unsafe SSL_CTX_use_certificate(raw, certificate.raw) == 1
                : unsafe SSL_CTX_ctrl(raw, SSL_CTRL_CHAIN_CERT, 1, UnsafeMutableRawPointer(certificate.raw)) == 1
            guard isTaken else { throw .last(.certificate(index)) }
            index += 1
        }
        guard index > 0, OpenSSLErrors.isAtEndOfPEM else { throw .last(.certificate(index)) }
        OpenSSLErrors.clear()
    }

    /// - Parameter kind: That of the key, where it is known.
    func use(keyOf pem: SecretBytes, kind: ServerIdentity.KeyKind?) throws(ServerIdentity.Refusal) {
        if let kind, let key = try PEMSource(pem).key(of: kind) { return try use(key) }
        OpenSSLErrors.clear()
        guard let key = try PEMSource(pem).key() else { throw .last(.key) }
        try use(key)
    }

    private func use(_ key: borrowing EncryptionKey) throws(ServerIdentity.Refusal) {
        guard unsafe SSL_CTX_use_PrivateKey(raw, key.raw) == 1, unsafe SSL_CTX_check_private_key(raw) == 1 else {
            throw .last(.key)
        }
    }

    /// Takes parameters of key exchange.
    func take(_ parameters: borrowing EncryptionKey) throws(ServerIdentity.Refusal) {
        // The context owns what it takes, and so does whoever has read it.
        guard unsafe EVP_PKEY_up_ref(parameters.raw) == 1 else { throw .last(.key) }
        guard unsafe SSL_CTX_set0_tmp_dh_pkey(raw, parameters.raw) == 1 else {
            unsafe EVP_PKEY_free(parameters.raw)
            throw .last(.key)
        }
    }

    func takes(curves: String) -> Bool {
        unsafe curves.withCString { names in
            unsafe SSL_CTX_ctrl(raw, SSL_CTRL_SET_GROUPS_LIST, 0, UnsafeMutableRawPointer(mutating: names)) == 1
        }
    }
}
