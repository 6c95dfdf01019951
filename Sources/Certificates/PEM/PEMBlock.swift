import Diagnostics
import FoundationEssentials

/// One block of a PEM file: what stands between its `-----BEGIN` and `-----END` lines.
struct PEMBlock: Sendable, Hashable {
    /// Such as `CERTIFICATE`.
    let label: String
    /// The headers and the base64 text, not yet read.
    let body: SecretBytes

    var isPrivateKey: Bool { label == "PRIVATE KEY" || label.hasSuffix(" PRIVATE KEY") }

    /// Whether the block says, by its label or by a header of old, that a passphrase is needed.
    var isEncrypted: Bool {
        // A comma stands in headers alone, and most blocks have none.
        label == "ENCRYPTED PRIVATE KEY"
            || body.bytes.contains(UInt8(ascii: ",")) && body.bytes.contains(Array("4,ENCRYPTED".utf8))
    }

    /// Returns what the base64 text stands for, or `nil` when it is damaged.
    func decoded() -> SecretBytes? {
        let digits = body.bytes.filter { $0 != UInt8(ascii: " ") && !(9...13).contains($0) }
        guard let data = Data(base64Encoded: Data(digits)), !data.isEmpty else { return nil }
        return SecretBytes(Array(data))
    }

    /// Writes a block as OpenSSL does: lines of 64 characters and a newline at the end.
    static func encode(_ der: SecretBytes, label: String) -> SecretBytes {
        let text = Array(Data(der.bytes).base64EncodedData())
        var lines = Array("-----BEGIN \(label)-----\n".utf8)
        for start in stride(from: 0, to: text.count, by: 64) {
            lines += text[start..<min(start + 64, text.count)]
            lines.append(UInt8(ascii: "\n"))
        }
        return SecretBytes(lines + Array("-----END \(label)-----\n".utf8))
    }
}
