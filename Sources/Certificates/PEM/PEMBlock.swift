import Diagnostics

/// One block of a PEM file: what stands between its `-----BEGIN` and `-----END` lines.
struct PEMBlock: Sendable, Hashable {
    /// Such as `CERTIFICATE`.
    let label: String
    /// The headers and the base64 text, not yet read.
    let body: SecretBytes

    var isPrivateKey: Bool { label == "PRIVATE KEY" || label.hasSuffix(" PRIVATE KEY") }

    /// Whether the block says, by its label or by a header of old, that a passphrase is needed.
    var isEncrypted: Bool {
        label == "ENCRYPTED PRIVATE KEY" || body.bytes.contains(Array("4,ENCRYPTED".utf8))
    }

    /// Returns what the base64 text stands for, or `nil` when it is damaged.
    func decoded() -> SecretBytes? {
        guard let bytes = Base64.decode(body.bytes[...]), !bytes.isEmpty else { return nil }
        return SecretBytes(bytes)
    }

    /// Writes a block as OpenSSL does: lines of 64 characters and a newline at the end.
    static func encode(_ der: SecretBytes, label: String) -> SecretBytes {
        let text = Base64.encode(der.bytes)
        var lines = Array("-----BEGIN \(label)-----\n".utf8)
        for start in stride(from: 0, to: text.count, by: 64) {
            lines += text[start..<min(start + 64, text.count)]
            lines.append(UInt8(ascii: "\n"))
        }
        return SecretBytes(lines + Array("-----END \(label)-----\n".utf8))
    }
}
