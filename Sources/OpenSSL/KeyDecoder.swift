import COpenSSL

/// Decodes private keys of one kind.
///
/// To make one, OpenSSL 3 goes through all that its providers can decode, which takes five times as long as a key does.
@safe
struct KeyDecoder: ~Copyable {
    private let raw: OpaquePointer
    /// Where OpenSSL puts a key that it has decoded.
    private let place: UnsafeMutablePointer<OpaquePointer?>

    /// Returns `nil` where OpenSSL cannot decode this kind.
    init?(of kind: ServerIdentity.KeyKind) {
        let place = UnsafeMutablePointer<OpaquePointer?>.allocate(capacity: 1)
        unsafe place.initialize(to: nil)
        let raw = unsafe OSSL_DECODER_CTX_new_for_pkey(place, "DER", nil, kind.name, Self.wholeKeys, nil, nil)
        guard let raw = unsafe raw else {
            unsafe place.deallocate()
            return nil
        }
        unsafe (self.raw, self.place) = (raw, place)
    }

    deinit {
        unsafe OSSL_DECODER_CTX_free(raw)
        unsafe place.deallocate()
    }

    /// Decodes PKCS#8, or what is usual for the kind; returns `nil` for anything else.
    func key(in data: UnsafeBufferPointer<UInt8>) -> EncryptionKey? {
        var next = data.baseAddress
        var count = data.count
        unsafe place.pointee = nil
        let isDecoded = unsafe OSSL_DECODER_from_data(raw, &next, &count) == 1
        let key = unsafe place.pointee.map(EncryptionKey.init)
        return isDecoded ? key : nil
    }

    /// `EVP_PKEY_KEYPAIR`, whose parts are macros.
    private static let wholeKeys: Int32 = 0x87
}

/// The decoders that have been needed.
struct KeyDecoders: ~Copyable {
    private var rsa: KeyDecoder?
    private var ellipticCurve: KeyDecoder?
    private var ed25519: KeyDecoder?

    mutating func key(of kind: ServerIdentity.KeyKind, in data: UnsafeBufferPointer<UInt8>) -> EncryptionKey? {
        switch kind {
        case .rsa: unsafe Self.key(of: kind, in: data, by: &rsa)
        case .ellipticCurve: unsafe Self.key(of: kind, in: data, by: &ellipticCurve)
        case .ed25519: unsafe Self.key(of: kind, in: data, by: &ed25519)
        }
    }

    private static func key(
        of kind: ServerIdentity.KeyKind,
        in data: UnsafeBufferPointer<UInt8>,
        by decoder: inout KeyDecoder?
    ) -> EncryptionKey? {
        if decoder == nil { decoder = KeyDecoder(of: kind) }
        return unsafe decoder?.key(in: data)
    }
}

extension ServerIdentity.KeyKind {
    fileprivate var name: String {
        switch self {
        case .rsa: "RSA"
        case .ellipticCurve: "EC"
        case .ed25519: "ED25519"
        }
    }
}
