import Diagnostics
import Testing

@testable import Certificates

/// Certificates as they should not be, but are, and that nginx serves all the same.
struct OddCertificateTests {
    private let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tls.key"

    private func bundle(_ bench: borrowing Workbench, _ arguments: String) throws -> CertificateBundle {
        try bench.openssl("req -x509 \(key) -days 30 -out tls.crt \(arguments)")
        let bundle = try bench.bundle()
        try bench.requireNginxLoads(bundle)
        return bundle
    }

    @Test(arguments: [
        ("-subj /", "subject (empty);"),
        ("-subj /CN=a.example -set_serial -5", "serial fb;"),
        ("-subj /CN=a.example -set_serial 0", "serial 00;"),
        ("-subj /CN=a.example -set_serial 0x\(String(repeating: "7f", count: 30))", "serial 7f7f"),
        ("-utf8 -subj /CN=Bücher", "subject CN=Bücher;"),
        ("-subj /CN=", "subject (empty);"),
        ("-subj /CN=a+O=b", "subject CN=a + O=b;"),
        ("-subj /CN=a.example -addext subjectAltName=IP:192.0.2.1,IP:2001:db8::1", "IP:2001:db8:0:0:0:0:0:1;"),
        ("-subj /CN=a.example -addext subjectAltName=email:a@b.c,URI:http://x/,RID:1.2.3", "names email:a@b.c, URI:"),
        ("-subj /CN=a.example -addext subjectAltName=critical,DNS:b.example", "names DNS:b.example;"),
        ("-subj /CN=a.example -addext subjectAltName=DER:0500", "names none;"),
        ("-subj /CN=a.example -addext 1.2.3.4=critical,ASN1:UTF8String:odd", "subject CN=a.example;"),
        ("-subj /CN=a.example -addext 1.2.3.4=DER:ff", "subject CN=a.example;"),
        ("-subj /CN=a.example -addext basicConstraints=DER:0500", "subject CN=a.example;"),
        ("-subj /CN=a.example -days 2000000", "to 7"),
    ])
    func `odd fields are read and summarised`(arguments: String, summary: String) throws {
        let bench = try Workbench()
        let bundle = try bundle(bench, arguments)
        #expect(bundle.summary[0].contains(summary), "\(bundle.summary[0])")
    }

    @Test(arguments: [("0x4", "Latin-1, called T61"), ("0x800", "BMPString"), ("0x2000", "UTF8String")])
    func `subjects of every string type print alike`(mask: String, type: String) throws {
        let bench = try Workbench()
        try bench.write(
            """
            [req]
            string_mask = MASK:\(mask)
            utf8 = yes
            prompt = no
            distinguished_name = name
            [name]
            CN = Bücher AG
            """,
            to: "odd.conf"
        )
        #expect(try bundle(bench, "-config odd.conf").summary[0].contains("subject CN=Bücher AG;"), "\(type)")
    }

    @Test func `a version 1 root and a version 1 certificate make a chain`() throws {
        let bench = try Workbench()
        try bench.openssl("req -new \(key) -subj /CN=root -out root.csr")
        try bench.openssl("x509 -req -in root.csr -signkey tls.key -days 30 -out root.crt")
        try bench.run("mv", ["tls.key", "root.key"])
        try bench.openssl("req -new \(key) -subj /CN=a.example -out leaf.csr")
        try bench.openssl("x509 -req -in leaf.csr -CA root.crt -CAkey root.key -CAcreateserial -days 30 -out leaf.crt")
        #expect(try bench.openssl("x509 -in root.crt -noout -text").contains("Version: 1"))
        try bench.write(SecretBytes(bench.read("leaf.crt").bytes + bench.read("root.crt").bytes), to: "tls.crt")
        let bundle = try bench.bundle()
        #expect(bundle.covers("a.example"))
        try bench.requireNginxLoads(bundle)
    }

    @Test func `an issuer whose name is spelt with another string type and other case is the issuer`() throws {
        let bench = try Workbench()
        try bench.openssl("req -x509 \(key) -days 30 -utf8 -subj /O=Example/CN=The\u{a0}Root -out root.crt")
        try bench.run("mv", ["tls.key", "root.key"])
        try bench.write(
            "[req]\nstring_mask = MASK:0x800\nprompt = no\nutf8 = yes\ndistinguished_name = n\n[n]\nO = EXAMPLE\nCN = the\u{a0}root\n",
            to: "odd.conf"
        )
        try bench.openssl("req -x509 -key root.key -days 30 -config odd.conf -out spelt.crt")
        try bench.openssl("req -new \(key) -subj /CN=a.example -out leaf.csr")
        try bench.openssl("x509 -req -in leaf.csr -CA spelt.crt -CAkey root.key -CAcreateserial -days 30 -out leaf.crt")
        try bench.write(SecretBytes(bench.read("leaf.crt").bytes + bench.read("root.crt").bytes), to: "tls.crt")
        try bench.requireNginxLoads(bench.bundle())
    }

    @Test(arguments: [
        "-sha384", "-sha512", "-sha224", "-sha3-256", "-sha256 -sigopt rsa_padding_mode:pss",
    ])
    func `a signature that cannot be verified here does not break a chain`(signature: String) throws {
        let bench = try Workbench()
        try bench.openssl("req -x509 -newkey rsa:2048 -nodes -keyout root.key -subj /CN=root -days 30 -out root.crt")
        try bench.openssl("req -new \(key) -subj /CN=a.example -out leaf.csr")
        try bench.openssl(
            "x509 -req -in leaf.csr -CA root.crt -CAkey root.key -CAcreateserial -days 30 -out leaf.crt \(signature)"
        )
        try bench.write(SecretBytes(bench.read("leaf.crt").bytes + bench.read("root.crt").bytes), to: "tls.crt")
        try bench.requireNginxLoads(bench.bundle())
    }

    @Test(arguments: [
        "rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-384", "ec -pkeyopt ec_paramgen_curve:P-521", "ed25519",
    ])
    func `a namesake of the issuer, with another key of each kind, is not the issuer`(kind: String) throws {
        let bench = try Workbench()
        for name in ["root", "namesake"] {
            try bench.openssl(
                "req -x509 -newkey \(kind) -nodes -keyout \(name).key -subj /CN=root -days 30 -out \(name).crt"
            )
        }
        try bench.openssl("req -new \(key) -subj /CN=a.example -out leaf.csr")
        try bench.openssl("x509 -req -in leaf.csr -CA root.crt -CAkey root.key -CAcreateserial -days 30 -out leaf.crt")
        try bench.write(SecretBytes(bench.read("leaf.crt").bytes + bench.read("root.crt").bytes), to: "tls.crt")
        try bench.requireNginxLoads(bench.bundle())
        #expect(try bench.bundle().warnings(at: bench.bundle().notBefore) == [])
        try bench.write(SecretBytes(bench.read("leaf.crt").bytes + bench.read("namesake.crt").bytes), to: "tls.crt")
        #expect(try bench.bundle().warnings(at: bench.bundle().notBefore) == [.unrelated(index: 2)])
    }
}
