import Crypto
import Diagnostics
import Foundation
import Testing
import X509

@testable import Certificates

struct CertificateDefectTests {
    private let root: TestAuthority
    private let middle: TestAuthority
    private let leaf: TestAuthority

    init() throws {
        root = try TestAuthority("root")
        middle = try root.issue("middle")
        leaf = try middle.issue("leaf", hosts: [.dnsName("a.example")])
    }

    private func error(_ certificates: String, key: String) -> CertificateDefect? {
        do {
            _ = try CertificateBundle(certificates, key: key)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a value that is missing, blank or too large is refused`() {
        let large = String(repeating: "x", count: CertificateBundle.largestPart + 1)
        #expect(error("", key: leaf.keyPEM) == .missing(.certificateChain))
        #expect(error(leaf.pem, key: " \n") == .missing(.privateKey))
        #expect(error(large, key: leaf.keyPEM) == .tooLarge(.certificateChain, limit: 1_048_576))
        #expect(error(leaf.pem, key: large) == .tooLarge(.privateKey, limit: 1_048_576))
    }

    @Test func `as many certificates as the limit are read, and not one more`() {
        let most = String(repeating: leaf.pem, count: 64)
        #expect(error(most, key: leaf.keyPEM) == nil)
        #expect(error(most + leaf.pem, key: leaf.keyPEM) == .tooManyCertificates(limit: 64))
    }

    @Test func `text without blocks is not PEM`() {
        #expect(error("hello", key: leaf.keyPEM) == .notPEM(.certificateChain))
        #expect(error(leaf.pem, key: "-----BEGIN PRIVATE KEY") == .notPEM(.privateKey))
    }

    @Test(arguments: [
        "-----BEGIN CERTIFICATE-----\nMIIB\n",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\nMI#B\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMIIBA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMI==IB\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
    ])
    func `a block that is damaged is named by its number`(block: String) {
        #expect(error(leaf.pem + block, key: leaf.keyPEM) == .damagedBlock(.certificateChain, index: 2))
        let key = block.replacing(/(BEGIN|END) CERTIFICATE/) { "\($0.1) PRIVATE KEY" }.replacing(
            "PRIVATE KEY KEY",
            with: "X"
        )
        if !block.contains("END PRIVATE") {
            #expect(error(leaf.pem, key: key) == .damagedBlock(.privateKey, index: 1))
        }
    }

    @Test func `blocks of another kind are no certificate and no key`() {
        #expect(error(leaf.keyPEM, key: leaf.keyPEM) == .noCertificate)
        #expect(error(leaf.pem, key: leaf.pem) == .noKey)
        let trusted = leaf.pem.replacing(" CERTIFICATE", with: " TRUSTED CERTIFICATE")
        #expect(error(leaf.pem + trusted, key: leaf.keyPEM) == .trustedCertificate)
    }

    @Test func `what is not a certificate is named by its number and a reason`() {
        let other = PEMBlock.encode(SecretBytes(Array(leaf.key.derRepresentation)), label: "CERTIFICATE")
        let text = String(decoding: other.bytes, as: UTF8.self)
        #expect(
            error(leaf.pem + text, key: leaf.keyPEM)
                == .unreadableCertificate(index: 2, reason: "it is malformed")
        )
        let garbage = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
        #expect(
            error(garbage, key: leaf.keyPEM) == .unreadableCertificate(index: 1, reason: "it is not ASN.1")
        )
    }

    @Test func `a certificate cut off or changed anywhere is refused or read, and never a crash`() throws {
        let bytes = try #require(
            PEMReader.blocks(of: .certificateChain, in: SecretBytes(Array(leaf.pem.utf8))).first?.decoded()
        ).bytes
        for length in bytes.indices {
            #expect(throws: Unreadable.self) { try ParsedCertificate(SecretBytes(Array(bytes[..<length]))) }
        }
        for index in bytes.indices {
            for change: UInt8 in [0x01, 0x20, 0x80, 0xff] {
                var changed = bytes
                changed[index] ^= change
                _ = try? ParsedCertificate(SecretBytes(changed)).description
            }
        }
    }

    @Test func `a key cut off or changed anywhere is refused or read, and never a crash`() throws {
        let bytes = Array(leaf.key.derRepresentation)
        for index in bytes.indices {
            for change: UInt8 in [0x01, 0x20, 0x80, 0xff] {
                var changed = bytes
                changed[index] ^= change
                _ = try? ServerKey([
                    PEMBlock(label: "PRIVATE KEY", body: SecretBytes(Array(Data(changed).base64EncodedData())))
                ])
            }
            let short = PEMBlock(
                label: "PRIVATE KEY",
                body: SecretBytes(Array(Data(bytes[..<index]).base64EncodedData()))
            )
            #expect(throws: CertificateDefect.self) { try ServerKey([short]) }
        }
    }

    @Test func `a key of another certificate does not match`() throws {
        let other = try TestAuthority("other")
        #expect(error(leaf.pem + middle.pem, key: other.keyPEM) == .keyDoesNotMatch)
        #expect(error(root.pem + middle.pem + leaf.pem, key: leaf.keyPEM) == .leafNotFirst(index: 3))
    }

    @Test func `messages say what is wrong in one line`() {
        #expect(
            CertificateDefect.keyDoesNotMatch.message
                == "tls.key does not belong to the first certificate of tls.crt"
        )
        #expect(
            CertificateDefect.certificateRefused(index: 2, reason: "ca md too weak").message
                == "nginx does not load certificate 2 of tls.crt: it is signed with too weak a hash (OpenSSL: ca md too weak)"
        )
        #expect(
            CertificateWarning.expired(index: 1, notAfter: 1_700_000_000).message
                == "certificate 1 of tls.crt expired at 2023-11-14T22:13:20Z; clients refuse it"
        )
    }
}
