import COpenSSL
import Diagnostics

/// PEM in memory, from which OpenSSL reads one part after another.
@safe
struct PEMSource: ~Copyable {
    private let bio: OpaquePointer
    /// Lies where OpenSSL looks for as long as it does.
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    init(_ pem: SecretBytes) throws(ServerIdentity.Refusal) {
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: pem.bytes.count)
        _ = unsafe bytes.initialize(from: pem.bytes)
        guard let bio = unsafe BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else {
            unsafe Self.free(bytes)
            throw .last(.key)
        }
        unsafe (self.bio, self.bytes) = (bio, bytes)
    }

    deinit {
        unsafe BIO_free(bio)
        unsafe Self.free(bytes)
    }

    /// The next certificate; `nil` at the end, and for one that cannot be read.
    func certificate() -> X509Certificate? { unsafe PEM_read_bio_X509(bio, nil, nil, nil).map(X509Certificate.init) }

    /// Reads the next list of revoked certificates; returns `false` at the end, and for one that cannot be read.
    func skipRevocationList() -> Bool {
        guard let list = unsafe PEM_read_bio_X509_CRL(bio, nil, nil, nil) else { return false }
        unsafe X509_CRL_free(list)
        return true
    }

    /// Reads the next list of revoked certificates into a store; returns `false` likewise.
    func addRevocationList(to store: OpaquePointer) -> Bool {
        guard let list = unsafe PEM_read_bio_X509_CRL(bio, nil, nil, nil) else { return false }
        unsafe X509_STORE_add_crl(store, list)
        unsafe X509_CRL_free(list)
        return true
    }

    /// The first key; `nil` for none, and for one that cannot be read or needs a passphrase.
    func key() -> EncryptionKey? {
        // Where a passphrase is given, nobody is asked for one at the terminal.
        var none: CChar = 0
        return unsafe PEM_read_bio_PrivateKey(bio, nil, nil, &none).map(EncryptionKey.init)
    }

    /// The first key, if it is of a kind; `nil` for any other.
    ///
    /// OpenSSL 3 tries all kinds that it knows unless it is told one, which takes twenty times as long.
    func key(of kind: ServerIdentity.KeyKind, _ decoders: inout KeyDecoders) -> EncryptionKey? {
        var name: UnsafeMutablePointer<CChar>?
        var header: UnsafeMutablePointer<CChar>?
        var data: UnsafeMutablePointer<UInt8>?
        var count = 0
        while unsafe PEM_read_bio(bio, &name, &header, &data, &count) == 1 {
            defer {
                unsafe CRYPTO_free(name, nil, 0)
                unsafe CRYPTO_free(header, nil, 0)
                unsafe CRYPTO_clear_free(data, count, nil, 0)
            }
            guard let label = unsafe name.map({ unsafe String(cString: $0) }), label.hasSuffix("PRIVATE KEY") else {
                continue
            }
            return unsafe decoders.key(of: kind, in: UnsafeBufferPointer(start: data, count: count))
        }
        return nil
    }

    /// The first parameters of keys; `nil` for none, and for those that cannot be read.
    func parameters() -> EncryptionKey? { unsafe PEM_read_bio_Parameters(bio, nil).map(EncryptionKey.init) }

    /// Leaves no key behind in memory.
    private static func free(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
        unsafe OPENSSL_cleanse(bytes.baseAddress, bytes.count)
        unsafe bytes.deallocate()
    }
}

/// A certificate that OpenSSL has read, freed when it goes out of scope.
@safe
struct X509Certificate: ~Copyable {
    let raw: OpaquePointer

    init(_ raw: OpaquePointer) { unsafe self.raw = raw }

    deinit { unsafe X509_free(raw) }
}

/// A key, or parameters of keys, that OpenSSL has read, freed when it goes out of scope.
@safe
struct EncryptionKey: ~Copyable {
    let raw: OpaquePointer

    init(_ raw: OpaquePointer) { unsafe self.raw = raw }

    deinit { unsafe EVP_PKEY_free(raw) }
}
