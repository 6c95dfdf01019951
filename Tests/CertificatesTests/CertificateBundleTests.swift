import Diagnostics
import SwiftASN1
import Testing
import X509

@testable import Certificates

struct CertificateBundleTests {
    private let root: TestAuthority
    private let leaf: TestAuthority

    init() throws {
        root = try TestAuthority("root")
        leaf = try root.issue("leaf", hosts: [.dnsName("a.example"), .ipAddress(.init(contentBytes: [192, 0, 2, 1]))])
    }

    @Test func `the content is the chain and then the key, without any other text`() throws {
        let chain = "Bag Attributes\n  name: x\n" + leaf.pem + "# secret comment\n\n" + root.pem + "the end"
        let bundle = try CertificateBundle(chain, key: "about\n" + leaf.keyPEM + "more")
        #expect(String(decoding: bundle.content.bytes, as: UTF8.self) == leaf.pem + root.pem + leaf.keyPEM)
    }

    @Test(
        arguments: [
            { (text: String) in text.replacing("\n", with: "\r\n") },
            { "\u{feff}" + $0 },
            { $0.replacing("\n", with: "\n\n") },
            { $0.replacing("\n", with: "  \n  ") },
            { $0.replacing("\n", with: " ") },
            { $0.replacing("-----\n-----", with: "----------") },
            { String($0.dropLast()) },
            { $0 + "-----BEGIN X509 CRL-----\n!\n-----END X509 CRL-----\n" },
        ] as [@Sendable (String) -> String]
    )
    func `the layout of PEM does not matter`(change: @Sendable (String) -> String) throws {
        let (chain, key) = (leaf.pem + root.pem, leaf.keyPEM)
        #expect(
            try CertificateBundle(change(chain), key: change(key)) == CertificateBundle(chain, key: key)
        )
    }

    @Test func `a bundle can be made again from its own content`() throws {
        let bundle = try CertificateBundle(leaf.pem + root.pem, key: leaf.keyPEM)
        #expect(try CertificateBundle(certificateChain: bundle.content, privateKey: bundle.content) == bundle)
    }

    @Test func `the summary has a line for each certificate, and the public key as the last`() throws {
        let lines = try CertificateBundle(leaf.pem + root.pem, key: leaf.keyPEM).summary
        #expect(lines.count == 3)
        #expect(
            lines[0].hasPrefix("certificate 1: subject CN=leaf; names DNS:a.example, IP:192.0.2.1; issuer CN=root;")
        )
        #expect(lines[0].contains("; 2023-11-14T22:13:20Z to 2030-03-17T17:46:40Z; SHA-256 "))
        #expect(lines[1].hasPrefix("certificate 2: subject CN=root; names none; issuer CN=root; serial "))
        #expect(lines[2].hasPrefix("public key: EC P-256; SHA-256 "))
    }

    @Test func `the digests are those that openssl gives`() throws {
        let bench = try Workbench()
        try bench.write(leaf.pem, to: "tls.crt")
        try bench.openssl("x509 -in tls.crt -noout -pubkey -out tls.pub")
        try bench.openssl("pkey -pubin -in tls.pub -outform DER -out tls.spki")
        let lines = try CertificateBundle(leaf).summary
        let fingerprint = try bench.openssl("x509 -in tls.crt -noout -fingerprint -sha256")
        let digest = try #require(fingerprint.split(separator: "=").last).replacing(":", with: "").lowercased()
        #expect(lines[0].hasSuffix("SHA-256 \(digest.split(separator: "\n")[0])"))
        let publicKey = try bench.openssl("dgst -sha256 -r tls.spki").split(separator: " ")[0]
        #expect(lines[1].hasSuffix("SHA-256 \(publicKey)"))
        let serial = try bench.openssl("x509 -in tls.crt -noout -serial").split(separator: "=")[1].lowercased()
        #expect(lines[0].contains(serial.split(separator: "\n")[0]))
    }

    @Test func `long lists of names and control characters stay within one bounded line`() throws {
        let names = (1...500).map { GeneralName.dnsName("host\($0).example") }
        let many = try CertificateBundle(root.issue("a\nb\u{1b}[31m\u{202e}, O=x", hosts: names))
        #expect(many.summary[0].contains("subject CN=a\\u{a}b\\u{1b}[31m\\u{202e}\\, O\\=x; names DNS:host1.example, "))
        #expect(many.summary[0].contains("DNS:host8.example and 492 more;"))
        let long = try CertificateBundle(root.issue(String(repeating: "x", count: 5000)))
        #expect(long.summary.allSatisfy { $0.count < 1000 })
    }

    @Test func `the content is loaded by nginx`() throws {
        let bench = try Workbench()
        try bench.requireNginxLoads(CertificateBundle(leaf.pem + root.pem, key: leaf.keyPEM))
    }
}
