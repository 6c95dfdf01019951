import COpenSSL
package import Diagnostics

/// The certificate that a client shows, as a server judges it: by the steps of nginx, which has OpenSSL do it.
package enum ClientIdentity {
    package struct Verdict: Sendable, Hashable {
        /// The subject and the issuer as nginx has them (RFC 2253).
        package var subject: String
        package var issuer: String
        /// Why the certificate is not good, in OpenSSL's own words; `nil` for a good one.
        package var reason: String?
        /// Whether what is wrong is only that its issuer is unknown, which `optional_no_ca` takes.
        package var lacksOnlyTrust = false
    }

    /// Judges a certificate as of now; returns `nil` for text that holds none.
    ///
    /// - Parameters:
    ///   - pem: The client's certificate, and those between it and an authority.
    ///   - authorities: The certificates that are trusted.
    ///   - revocations: Lists of revoked certificates; where there are some, each authority needs one.
    ///   - depth: How many certificates may stand between.
    package static func verdict(
        on pem: SecretBytes,
        authorities: SecretBytes,
        revocations: SecretBytes?,
        depth: Int
    ) -> Verdict? {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        guard let shown = try? PEMSource(pem), let leaf = shown.certificate(), let store = unsafe X509_STORE_new()
        else { return nil }
        defer { unsafe X509_STORE_free(store) }
        if let trusted = try? PEMSource(authorities) {
            while let authority = trusted.certificate() { unsafe X509_STORE_add_cert(store, authority.raw) }
        }
        if let revocations, let lists = try? PEMSource(revocations) {
            while unsafe lists.addRevocationList(to: store) {}
            unsafe X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
        }
        let chain = unsafe OPENSSL_sk_new_null()
        defer { unsafe OPENSSL_sk_pop_free(chain) { unsafe X509_free(OpaquePointer($0)) } }
        while let next = shown.certificate() {
            unsafe X509_up_ref(next.raw)
            unsafe OPENSSL_sk_push(chain, UnsafeRawPointer(next.raw))
        }
        guard let context = unsafe X509_STORE_CTX_new() else { return nil }
        defer { unsafe X509_STORE_CTX_free(context) }
        guard unsafe X509_STORE_CTX_init(context, store, leaf.raw, chain) == 1 else { return nil }
        unsafe X509_STORE_CTX_set_default(context, "ssl_client")
        unsafe X509_STORE_CTX_set_depth(context, Int32(clamping: depth))
        let parameters = unsafe X509_STORE_CTX_get0_param(context)
        unsafe X509_VERIFY_PARAM_set_auth_level(parameters, Int32(clamping: TLSContext.defaultSecurityLevel))
        // nginx goes on after a failure, and looks at the last one.
        unsafe X509_STORE_CTX_set_verify_cb(context) { _, _ in 1 }
        unsafe X509_verify_cert(context)
        let code = unsafe X509_STORE_CTX_get_error(context)
        return Verdict(
            subject: unsafe text(of: X509_get_subject_name(leaf.raw)),
            issuer: unsafe text(of: X509_get_issuer_name(leaf.raw)),
            reason: code == X509_V_OK ? nil : unsafe String(cString: X509_verify_cert_error_string(Int(code))),
            lacksOnlyTrust: ofTrust.contains(code)
        )
    }

    /// What nginx takes where it is told to check no authorities (`ngx_ssl_verify_error_optional`).
    private static let ofTrust: Set<Int32> = [
        Int32(X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT), Int32(X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN),
        Int32(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT), Int32(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY),
        Int32(X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE),
    ]

    /// `XN_FLAG_RFC2253`, whose parts are macros.
    private static let form: UInt = 0x111_0317

    private static func text(of name: OpaquePointer?) -> String {
        guard let name = unsafe name, let bio = unsafe BIO_new(BIO_s_mem()) else { return "" }
        defer { unsafe BIO_free(bio) }
        guard unsafe X509_NAME_print_ex(bio, name, 0, form) >= 0 else { return "" }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1_024)
        while true {
            let count = unsafe BIO_read(bio, &part, Int32(part.count))
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += part[..<Int(count)]
        }
    }
}
