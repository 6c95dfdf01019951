import COpenSSL

/// The settings of a TLS server, freed when they go out of scope.
@safe
struct TLSContext: ~Copyable {
    let raw: OpaquePointer

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
