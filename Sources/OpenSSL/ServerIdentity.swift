package import Diagnostics
import Synchronization

/// The certificates and the key that a server presents, as OpenSSL takes them.
///
/// nginx has OpenSSL judge them, and which keys, curves and signatures it takes at which level of security is written down
/// nowhere else: so it is asked, by the steps of nginx, unless the answer is certain. Neither files nor time have a part in the answer; of the
/// machine only its OpenSSL has, and not how that is configured.
package enum ServerIdentity {
    /// The part that OpenSSL does not take.
    package enum Part: Sendable, Hashable {
        /// One of the certificates, counted from 0.
        case certificate(Int)
        case key
    }

    /// The kinds of keys that OpenSSL reads faster where it is told which one it is.
    package enum KeyKind: Sendable, Hashable {
        case rsa
        case ellipticCurve
        case ed25519
    }

    package struct Refusal: Error, Hashable {
        package var part: Part
        /// In OpenSSL's own words, such as `ee key too small`.
        package var reason: String
    }

    /// Loads the content of a file of nginx by OpenSSL: certificates in PEM, the server's own first, and then its key.
    ///
    /// - Parameters:
    ///   - securityLevel: See [SSL_CTX_set_security_level](https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/).
    ///   - kind: That of the key; `nil` has OpenSSL find it out.
    package static func check(_ pem: SecretBytes, securityLevel: Int, keyKind kind: KeyKind? = nil) throws(Refusal) {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        try tools.withLock { tools throws(Refusal) in
            try tools.check(pem, securityLevel: securityLevel, keyKind: kind)
        }
    }

    /// Kept, since to make them takes longer than a check.
    private static let tools = Mutex(Tools())

    /// The level that the configuration of this machine's OpenSSL sets, by which an nginx on it refuses.
    package static var defaultSecurityLevel: Int { TLSContext.defaultSecurityLevel }
}

/// The parts of OpenSSL that checks share.
private struct Tools: ~Copyable {
    private var context: TLSContext?
    private var decoders = KeyDecoders()

    mutating func check(
        _ pem: SecretBytes,
        securityLevel: Int,
        keyKind kind: ServerIdentity.KeyKind?
    ) throws(ServerIdentity.Refusal) {
        let connection = try connection(securityLevel: securityLevel)
        try connection.use(certificatesOf: pem)
        try connection.use(keyOf: pem, kind: kind, &decoders)
    }

    private mutating func connection(securityLevel: Int) throws(ServerIdentity.Refusal) -> TLSConnection {
        let context: TLSContext
        if let kept = self.context.take() {
            context = kept
        } else {
            context = try TLSContext(securityLevel: securityLevel)
        }
        let connection = try TLSConnection(of: context, securityLevel: securityLevel)
        self.context = consume context
        return connection
    }
}
