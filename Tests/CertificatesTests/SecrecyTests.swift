import Crypto
import Diagnostics
import Testing
import TextCoding

@testable import Certificates

struct SecrecyTests {
    private let leaf: TestAuthority

    init() throws {
        leaf = try TestAuthority("leaf")
    }

    /// Every way in which a value becomes text.
    private func texts(of value: some Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return "\(value)" + String(reflecting: value) + String(describing: value) + dumped
    }

    /// Whether a run of the key stands in a text: as decimal bytes, as hexadecimal digits or as base64.
    private func holdsKey(_ text: String) -> Bool {
        let raw = Array(leaf.key.rawRepresentation)
        let base64 = leaf.keyPEM.split(separator: "\n").dropFirst().joined()
        let compact = text.filter { !$0.isWhitespace }
        let decimal = (0..<raw.count - 4).map { raw[$0..<$0 + 4].map { String($0) } }
        let hexadecimal = (0..<raw.count - 6).map { raw[$0..<$0 + 6].hexadecimal }
        // Before these, the base64 text says only what kind of key it is; after them, the public key.
        let digits = stride(from: 48, to: 80, by: 4).map { String(base64.dropFirst($0).prefix(8)) }
        let runs = decimal.map { $0.joined(separator: ",") } + decimal.map { "-" + $0.joined(separator: "-") }
        return (runs + hexadecimal + digits).contains { compact.contains($0) }
    }

    @Test func `the search finds a key that is printed as bytes, as text or by dump`() {
        let raw = Array(leaf.key.rawRepresentation)
        #expect(holdsKey("\(raw)"))
        var dumped = ""
        dump(raw, to: &dumped)
        #expect(holdsKey(dumped))
        #expect(holdsKey(raw.hexadecimal))
        #expect(holdsKey(String(reflecting: leaf.keyPEM)))
    }

    @Test func `no text of a bundle or of its parts holds the key`() throws {
        #expect(!holdsKey(texts(of: try CertificateBundle(leaf))))
        let blocks = try PEMReader.blocks(of: .privateKey, in: SecretBytes(Array(leaf.keyPEM.utf8)))
        #expect(!holdsKey(texts(of: blocks)))
        #expect(!holdsKey(texts(of: try ServerKey(blocks))))
    }

    @Test func `no error holds the key, wherever the key was put and however it was damaged`() {
        let key = leaf.keyPEM
        let relabelled = ["CERTIFICATE", "TRUSTED CERTIFICATE", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"]
            .map { key.replacing("PRIVATE KEY", with: $0) }
        let damaged = [
            String(key.dropFirst(1)), String(key.dropLast(12)), String(key.dropFirst(30)),
            key.replacing("M", with: "!"), key.replacing("A", with: "B"), key.replacing("\n", with: "-----"),
            "-----BEGIN " + key.split(separator: "\n")[1] + "-----",
        ]
        var count = 0
        for text in relabelled + damaged {
            for (certificate, key) in [(text, key), (leaf.pem, text)] {
                do {
                    _ = try CertificateBundle(certificate, key: key)
                } catch {
                    count += 1
                    #expect(!holdsKey(texts(of: error) + error.message))
                }
            }
        }
        #expect(count > 20)
    }
}
