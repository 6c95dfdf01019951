import Diagnostics
import Testing

@testable import Certificates

/// Keys and certificates that the real `openssl` makes.
struct KeyFormatTests {
    @Test(arguments: [
        ("RSA -pkeyopt rsa_keygen_bits:2048", "RSA 2048"),
        ("RSA -pkeyopt rsa_keygen_bits:3072", "RSA 3072"),
        ("RSA -pkeyopt rsa_keygen_bits:4096", "RSA 4096"),
        ("RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3", "RSA 2048"),
        ("RSA-PSS -pkeyopt rsa_keygen_bits:2048", "RSA 2048"),
        ("EC -pkeyopt ec_paramgen_curve:P-256", "EC P-256"),
        ("EC -pkeyopt ec_paramgen_curve:P-384", "EC P-384"),
        ("EC -pkeyopt ec_paramgen_curve:P-521", "EC P-521"),
        ("EC -pkeyopt ec_paramgen_curve:secp256k1", "EC of another curve"),
        ("EC -pkeyopt ec_paramgen_curve:brainpoolP256r1", "EC of another curve"),
        ("ED25519", "Ed25519"),
        ("ED448", "of another kind"),
    ])
    func `each kind of key is read, and nginx loads it`(algorithm: String, kind: String) throws {
        let bench = try Workbench()
        try bench.openssl("genpkey -algorithm \(algorithm) -out tls.key")
        try bench.openssl("req -x509 -key tls.key -subj /CN=a.example -days 30 -out tls.crt")
        let bundle = try bench.bundle()
        #expect(bundle.covers("a.example"))
        #expect(bundle.summary.last?.hasPrefix("public key: \(kind);") == true)
        try bench.requireNginxLoads(bundle)

        try bench.openssl("genpkey -algorithm \(algorithm) -out other.key")
        #expect(throws: CertificateDefect.keyDoesNotMatch) { try bench.bundle("tls.crt", "other.key") }
    }

    @Test(arguments: [
        ("ecparam -name prime256v1 -genkey -out tls.key", "EC PARAMETERS"),
        ("ecparam -name secp384r1 -genkey -noout -out tls.key", "EC PRIVATE KEY"),
        ("ecparam -name prime256v1 -genkey -noout -conv_form compressed -out tls.key", "EC PRIVATE KEY"),
        ("genrsa -traditional -out tls.key 2048", "RSA PRIVATE KEY"),
        ("genrsa -out tls.key 2048", "BEGIN PRIVATE KEY"),
    ])
    func `the traditional formats of keys are read, and nginx loads them`(command: String, label: String) throws {
        let bench = try Workbench()
        try bench.openssl(command)
        #expect(String(decoding: try bench.read("tls.key").bytes, as: UTF8.self).contains(label))
        try bench.openssl("req -x509 -key tls.key -subj /CN=a.example -days 30 -out tls.crt")
        let bundle = try bench.bundle()
        #expect(!String(decoding: bundle.content.bytes, as: UTF8.self).contains("EC PARAMETERS"))
        try bench.requireNginxLoads(bundle)
    }

    @Test func `a compressed public key in the certificate matches too`() throws {
        let bench = try Workbench()
        try bench.openssl("ecparam -name prime256v1 -genkey -noout -out tls.key")
        try bench.openssl("ec -in tls.key -conv_form compressed -out compressed.key")
        try bench.openssl("req -x509 -key compressed.key -subj /CN=a.example -days 30 -out tls.crt")
        try bench.requireNginxLoads(bench.bundle())
    }

    @Test(arguments: [
        "pkcs8 -topk8 -in plain.key -passout pass:secret -out tls.key",
        "rsa -in plain.key -traditional -aes128 -passout pass:secret -out tls.key",
    ])
    func `an encrypted key is refused as such`(command: String) throws {
        let bench = try Workbench()
        try bench.openssl("genrsa -out plain.key 2048")
        try bench.openssl("req -x509 -key plain.key -subj /CN=a.example -days 30 -out tls.crt")
        try bench.openssl(command)
        #expect(throws: CertificateDefect.encryptedKey) { try bench.bundle() }
    }

    @Test(arguments: [
        (
            "genpkey -algorithm X25519 -out tls.key",
            "it is neither an RSA, an elliptic-curve, an Ed25519 nor an Ed448 key"
        ),
        ("genrsa -out tls.key 512", "it is an RSA key of fewer than 1024 bits"),
        (
            "dsaparam -genkey -noout -out tls.key 1024",
            "it is neither an RSA, an elliptic-curve, an Ed25519 nor an Ed448 key"
        ),
    ])
    func `a key that cannot be checked is refused with a reason`(command: String, reason: String) throws {
        let bench = try Workbench()
        try bench.openssl(command)
        try bench.openssl(
            "req -x509 -newkey rsa:2048 -nodes -keyout other.key -subj /CN=a.example -days 30 -out tls.crt"
        )
        #expect(throws: CertificateDefect.unreadableKey(reason: reason)) { try bench.bundle() }
    }

    @Test func `an RSA key whose numbers do not belong together is refused`() throws {
        let bench = try Workbench()
        try bench.openssl("genrsa -traditional -out tls.key 2048")
        try bench.openssl("req -x509 -key tls.key -subj /CN=a.example -days 30 -out tls.crt")
        let block = try #require(PEMReader.blocks(of: .privateKey, in: bench.read("tls.key")).first)
        var bytes = try #require(block.decoded()).bytes
        bytes[bytes.count - 300] ^= 1
        try bench.write(PEMBlock.encode(.init(bytes), label: block.label), to: "tls.key")
        #expect(throws: CertificateDefect.unreadableKey(reason: "the numbers of its RSA key do not belong together")) {
            try bench.bundle()
        }
    }

    @Test func `a key whose label is another format's is read, and written with its own`() throws {
        let bench = try Workbench()
        for (command, wrong) in [
            ("genrsa -traditional -out tls.key 2048", "PRIVATE KEY"),
            ("genrsa -out tls.key 2048", "RSA PRIVATE KEY"),
            ("ecparam -name prime256v1 -genkey -noout -out tls.key", "RSA PRIVATE KEY"),
        ] {
            try bench.openssl(command)
            try bench.openssl("req -x509 -key tls.key -subj /CN=a.example -days 30 -out tls.crt")
            let right = try bench.bundle()
            let text = String(decoding: try bench.read("tls.key").bytes, as: UTF8.self)
            try bench.write(text.replacing(/(RSA |EC )?PRIVATE KEY/, with: wrong), to: "tls.key")
            #expect(try bench.bundle() == right)
        }
    }

    @Test func `a key of PKCS#8's second version is written in the first, which nginx loads`() throws {
        let bench = try Workbench()
        try bench.openssl("genpkey -algorithm ED25519 -out tls.key")
        try bench.openssl("req -x509 -key tls.key -subj /CN=a.example -days 30 -out tls.crt")
        let first = try bench.bundle()
        let block = try #require(PEMReader.blocks(of: .privateKey, in: bench.read("tls.key")).first)
        var bytes = try #require(block.decoded()).bytes
        bytes[1] += 35
        bytes[4] = 1
        bytes += [0x81, 0x21, 0x00] + Array(repeating: 7, count: 32)
        try bench.write(PEMBlock.encode(SecretBytes(bytes), label: block.label), to: "tls.key")
        #expect(try bench.bundle() == first)
        try bench.requireNginxLoads(first)
    }

    @Test func `an elliptic-curve key without its leading zeros is read`() throws {
        #expect(try EllipticCurve.p256.publicPoint(of: [1]) == EllipticCurve.p256.publicPoint(of: [0, 0, 1]))
        #expect(throws: Unreadable.self) { try EllipticCurve.p256.publicPoint(of: [0]) }
        #expect(throws: Unreadable.self) { try EllipticCurve.p256.publicPoint(of: Array(repeating: 0xff, count: 32)) }
    }
}
