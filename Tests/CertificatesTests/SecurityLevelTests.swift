import Diagnostics
import Testing

@testable import Certificates

/// Certificates that nginx refuses to load, which must be refused before, and no others: each case is put before the
/// real nginx as well.
struct SecurityLevelTests {
    /// Makes `tls.key` and `tls.crt`, signed by itself.
    private static let selfSigned = "req -x509 -nodes -keyout tls.key -out tls.crt -subj /CN=a.example -days 30"

    @Test(arguments: [
        ("rsa:2048", nil), ("rsa:2047", nil), ("rsa:1024", "key is too small"),
        ("rsa-pss -pkeyopt rsa_keygen_bits:1024", "key is too small"),
        ("ec -pkeyopt ec_paramgen_curve:secp112r1", "key is too small"),
        ("ec -pkeyopt ec_paramgen_curve:prime192v1", "key is too small"),
        ("ec -pkeyopt ec_paramgen_curve:sect163k1", "key is too small"),
        ("ec -pkeyopt ec_paramgen_curve:secp224r1", nil), ("ec -pkeyopt ec_paramgen_curve:brainpoolP224r1", nil),
        ("rsa:2048 -sha1", nil), ("rsa:2048 -md5", nil), ("ec -pkeyopt ec_paramgen_curve:P-256 -sha1", nil),
    ])
    func `a key must be of the size that nginx asks for; its own signature does not matter`(
        _ key: String,
        _ refusal: String?
    ) throws {
        let bench = try Workbench()
        try bench.openssl("\(Self.selfSigned) -newkey \(key)")
        try bench.expectSameOfNginx(refusal)
    }

    @Test(
        arguments: [
            ("rsa:2048", "-sha1", "certificate 1 of tls.crt: it is signed with too weak a hash"),
            ("rsa:2048", "-md5", "certificate 1 of tls.crt: it is signed with too weak a hash"),
            ("rsa:2048", "-sha512-224", "certificate 1 of tls.crt: it is signed with too weak a hash"),
            ("rsa:2048", "-sha224", nil), ("rsa:2048", "-sha3-256", nil), ("ed25519", "", nil),
            ("ec -pkeyopt ec_paramgen_curve:P-256", "-sha1", "certificate 1 of tls.crt: it is signed with too weak"),
            ("rsa:1024", "-sha256", "certificate 2 of tls.crt: its key is too small"),
            ("ec -pkeyopt ec_paramgen_curve:prime192v1", "-sha256", "certificate 2 of tls.crt: its key is too small"),
        ] as [(String, String, String?)],
        [false, true]
    )
    func `an issuer must be strong where it is served, and its signature always`(
        _ issuer: (key: String, signature: String, refusal: String?),
        _ isServed: Bool
    ) throws {
        let bench = try Workbench()
        try bench.openssl("req -x509 -nodes -newkey \(issuer.key) -keyout ca.key -subj /CN=ca -days 30 -out ca.crt")
        try bench.openssl(
            "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tls.key -subj /CN=a -out a.csr"
        )
        try bench.openssl(
            "x509 -req -in a.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out tls.crt \(issuer.signature)"
        )
        if isServed { try bench.append("ca.crt", to: "tls.crt") }
        // What is not served is not looked at.
        let isOfIssuer = issuer.refusal?.hasPrefix("certificate 2") ?? false
        try bench.expectSameOfNginx(isOfIssuer && !isServed ? nil : issuer.refusal)
    }

    @Test func `a lower level takes what a higher one refuses`() throws {
        let bench = try Workbench()
        try bench.openssl("\(Self.selfSigned) -newkey rsa:1024")
        let (chain, key) = (try bench.read("tls.crt"), try bench.read("tls.key"))
        for (level, isTaken) in [(0, true), (1, true), (2, false), (3, false)] {
            let bundle = try? CertificateBundle(certificateChain: chain, privateKey: key, securityLevel: level)
            #expect((bundle != nil) == isTaken)
        }
    }

    @Test func `what is refused leaves nothing behind for the next one`() throws {
        let keys = ["rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-256", "ed25519", "rsa:1024"]
        let parts = try keys.map { key in
            let bench = try Workbench()
            try bench.openssl("\(Self.selfSigned) -newkey \(key)")
            return (try bench.read("tls.crt"), try bench.read("tls.key"))
        }
        let bundles = (0..<3).map { _ in
            parts.map { try? CertificateBundle(certificateChain: $0.0, privateKey: $0.1) }
        }
        for round in bundles {
            #expect(round.map { $0 != nil } == [true, true, true, false])
            #expect(round == bundles[0])
        }
    }

    @Test func `a certificate that only OpenSSL finds malformed is refused`() throws {
        let bench = try Workbench()
        try bench.openssl("\(Self.selfSigned) -newkey rsa:2048")
        let block = try #require(PEMReader.blocks(of: .certificateChain, in: bench.read("tls.crt")).first)
        var bytes = try #require(block.decoded()).bytes
        // The version, which nothing here reads.
        bytes[9] = 0x04
        try bench.write(PEMBlock.encode(.init(bytes), label: block.label), to: "tls.crt")
        #expect(throws: CertificateDefect.self) { try bench.bundle() }
    }
}

extension Workbench {
    func append(_ name: String, to other: String) throws {
        try write(.init(read(other).bytes + read(name).bytes), to: other)
    }

    /// Fails unless nginx loads the two files, or refuses them, as is said; and unless the bundle is refused alike.
    func expectSameOfNginx(_ refusal: String?) throws {
        let content = try read("tls.crt").bytes + read("tls.key").bytes
        let (words, isLoaded) = try loadByNginx(.init(content))
        // nginx must refuse for what it thinks of the certificate, not because it is missing.
        #expect(isLoaded == (refusal == nil) && (isLoaded || words.contains("SSL routines")), "\(words)")
        do {
            _ = try bundle()
            #expect(refusal == nil)
        } catch let error as CertificateDefect {
            #expect(refusal.map(error.message.contains) == true, "\(error.message)")
        }
    }
}
