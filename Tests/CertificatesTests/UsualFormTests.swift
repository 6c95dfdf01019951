import Diagnostics
import OpenSSL
import TestSupport
import Testing
import X509

@testable import Certificates

/// Certificates of which OpenSSL is not asked, since it takes them for certain.
struct UsualFormTests {
    @Test(arguments: [
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out tls.key",
        "genrsa -traditional -out tls.key 3072",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out tls.key",
        "ecparam -name prime256v1 -genkey -noout -out tls.key",
        "ecparam -name secp384r1 -genkey -noout -out tls.key",
    ])
    func `certificates as they are made nearly always are of the usual form`(key: String) throws {
        let bench = try Workbench()
        try bench.openssl(key)
        try bench.openssl(
            "req -x509 -key tls.key -subj /C=DE/O=Example/CN=a.example -addext subjectAltName=DNS:a.example -out tls.crt"
        )
        #expect(try Pair(bench).isUsual)
    }

    @Test func `so are chains that are issued`() throws {
        let issuer = try TestAuthority("root").issue("issuer", hosts: [.dnsName("issuer.example")])
        let leaf = try issuer.issue("a.example", hosts: [.dnsName("a.example")])
        #expect(try Pair(certificates: leaf.pem + issuer.pem, key: leaf.keyPEM).isUsual)
    }

    @Test(arguments: [
        ("rsa:1024", ""), ("rsa-pss -pkeyopt rsa_keygen_bits:2048", ""), ("ed25519", ""), ("rsa:2048", "-sha1"),
        ("ec -pkeyopt ec_paramgen_curve:secp224r1", ""), ("ec -pkeyopt ec_paramgen_curve:P-521", ""),
        ("ec -pkeyopt ec_paramgen_curve:P-256", "-set_serial -5"), ("ec -pkeyopt ec_paramgen_curve:P-256", "-sha3-256"),
        ("ec -pkeyopt ec_paramgen_curve:P-256", "-set_serial 0x\(String(repeating: "7f", count: 30))"),
        ("ec -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit", ""),
    ])
    func `of all others OpenSSL is asked`(key: String, arguments: String) throws {
        let bench = try Workbench()
        try bench.openssl(
            "req -x509 -nodes -newkey \(key) -keyout tls.key -out tls.crt -subj /CN=a.example \(arguments)"
        )
        #expect(try !Pair(bench).isUsual)
    }

    @Test(arguments: ["rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-256", "ec -pkeyopt ec_paramgen_curve:P-384"])
    func `OpenSSL takes all that is of the usual form, whatever is changed in it`(key: String) throws {
        let bench = try Workbench()
        try bench.openssl("req -x509 -nodes -newkey \(key) -keyout ca.key -out ca.crt -subj /CN=ca")
        try bench.openssl("req -new -nodes -newkey \(key) -keyout tls.key -subj /O=é/CN=a.example -utf8 -out tls.csr")
        try bench.write("subjectAltName=DNS:a.example\nkeyUsage=critical,digitalSignature", to: "extensions")
        try bench.openssl(
            "x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile extensions -out tls.crt"
        )
        try bench.append("ca.crt", to: "tls.crt")
        let original = try Pair(bench)
        #expect(original.isUsual)
        var random = SeededRandom(seed: 5)
        var (usual, others) = (0, 0)
        for _ in 0..<1_500 {
            guard let changed = original.changed(using: &random) else { continue }
            guard changed.isUsual else {
                others += 1
                continue
            }
            usual += 1
            #expect(throws: Never.self) {
                try ServerIdentity.check(changed.content, securityLevel: CertificateBundle.usualSecurityLevel)
            }
        }
        #expect(usual > 100)
        #expect(others > 100)
    }

    /// Certificates and a key, in DER.
    private struct Pair {
        var certificates: [[UInt8]]
        var key: [UInt8]

        init(certificates: String, key: String) throws {
            let blocks = try PEMReader.blocks(of: .certificateChain, in: SecretBytes(Array(certificates.utf8)))
            self.certificates = blocks.compactMap { $0.decoded()?.bytes }
            let keys = try PEMReader.blocks(of: .privateKey, in: SecretBytes(Array(key.utf8)))
            self.key = try #require(keys.first { $0.isPrivateKey }?.decoded()?.bytes)
        }

        init(_ bench: borrowing Workbench) throws {
            try self.init(
                certificates: String(decoding: try bench.read("tls.crt").bytes, as: UTF8.self),
                key: String(decoding: try bench.read("tls.key").bytes, as: UTF8.self)
            )
        }

        var content: SecretBytes {
            SecretBytes(
                certificates.flatMap { PEMBlock.encode(SecretBytes($0), label: "CERTIFICATE").bytes } + keyBlock.bytes
            )
        }

        private var keyBlock: SecretBytes { PEMBlock.encode(SecretBytes(key), label: "PRIVATE KEY") }

        /// What Postern would serve is what counts: it orders certificates, and writes keys anew.
        var isUsual: Bool {
            guard
                let blocks = try? PEMReader.blocks(of: .certificateChain, in: content),
                let chain = try? CertificateChain(blocks), chain.certificates.count == certificates.count,
                let key = try? ServerKey(PEMReader.blocks(of: .privateKey, in: keyBlock))
            else { return false }
            return CertificateBundle.isUsual(ServedChain(of: chain), key)
        }

        /// One byte of one of them is another, or one more or less.
        func changed(using random: inout SeededRandom) -> Pair? {
            var changed = self
            if Int.random(in: 0..<4, using: &random) == 0 {
                Self.change(&changed.key, using: &random)
            } else {
                let index = certificates.indices.randomElement(using: &random) ?? 0
                Self.change(&changed.certificates[index], using: &random)
            }
            return changed.certificates == certificates && changed.key == key ? nil : changed
        }

        private static func change(_ bytes: inout [UInt8], using random: inout SeededRandom) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            // Tags and short lengths are what changes most.
            case 3: bytes[place] = UInt8.random(in: 0...0x31, using: &random)
            default: bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
        }
    }
}
