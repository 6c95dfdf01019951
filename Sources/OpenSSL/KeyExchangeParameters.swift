import COpenSSL
package import Diagnostics

/// Parameters of a Diffie-Hellman key exchange, as OpenSSL takes them: nginx has it judge these too.
package enum KeyExchangeParameters {
    package struct Refusal: Error, Hashable {
        /// In OpenSSL's own words, such as `dh key too small`, or as the end of a sentence.
        package var reason: String
    }

    /// The shortest prime that keeps anybody out, in bits; levels of security may ask for more.
    private static let shortest = 1_024

    /// Loads parameters in PEM by OpenSSL; returns the length of their prime in bits.
    package static func check(_ pem: SecretBytes, securityLevel: Int) throws(Refusal) -> Int {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        do throws(ServerIdentity.Refusal) {
            let reader = try PEMSource(pem)
            guard let parameters = reader.parameters(), parameters.isDiffieHellman else { throw .last(.key) }
            guard parameters.bits >= shortest else {
                throw ServerIdentity.Refusal(part: .key, reason: "fewer than \(shortest) bits")
            }
            guard parameters.isSound else { throw .last(.key) }
            try TLSContext(securityLevel: securityLevel).take(parameters)
            return parameters.bits
        } catch {
            throw Refusal(reason: error.reason)
        }
    }
}

extension EncryptionKey {
    fileprivate var isDiffieHellman: Bool { unsafe EVP_PKEY_is_a(raw, "DH") == 1 || EVP_PKEY_is_a(raw, "DHX") == 1 }

    fileprivate var bits: Int { unsafe Int(EVP_PKEY_get_bits(raw)) }

    /// Whether OpenSSL finds nothing wrong with them, as far as that is seen at once.
    fileprivate var isSound: Bool {
        guard let context = unsafe EVP_PKEY_CTX_new(raw, nil) else { return false }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        return unsafe EVP_PKEY_param_check_quick(context) == 1
    }
}
