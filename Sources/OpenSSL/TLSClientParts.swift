import COpenSSL
package import Diagnostics

/// The parts of TLS for clients, as OpenSSL takes them: nginx has it judge these too.
package enum TLSClientParts {
    /// Whether a list of ciphers names at least one that OpenSSL has.
    package static func isUsable(ciphers: String) -> Bool {
        defer { OpenSSLErrors.clear() }
        guard let context = unsafe SSL_CTX_new(TLS_client_method()) else { return false }
        defer { unsafe SSL_CTX_free(context) }
        return unsafe SSL_CTX_set_cipher_list(context, ciphers) == 1
    }

    /// Whether OpenSSL reads certificates in PEM to the end, and there is one.
    package static func isUsable(authorities pem: SecretBytes) -> Bool {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        guard let reader = try? PEMSource(pem) else { return false }
        var count = 0
        while reader.certificate() != nil { count += 1 }
        return count > 0 && OpenSSLErrors.isAtEndOfPEM
    }

    /// Whether OpenSSL reads lists of revoked certificates in PEM to the end, and there is one.
    package static func isUsable(revocations pem: SecretBytes) -> Bool {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        guard let reader = try? PEMSource(pem) else { return false }
        var count = 0
        while reader.skipRevocationList() { count += 1 }
        return count > 0 && OpenSSLErrors.isAtEndOfPEM
    }
}
