import Crypto
import Diagnostics
import Foundation
import SwiftASN1
import X509

@testable import Certificates

/// A key and its certificate, made in code, that can issue others.
struct TestAuthority {
    static let start: Int64 = 1_700_000_000
    static let end: Int64 = 1_900_000_000

    let name: String
    let key: P256.Signing.PrivateKey
    let pem: String

    /// Makes a root.
    init(_ name: String) throws {
        try self.init(name, issuer: nil)
    }

    /// Makes a certificate below this one.
    func issue(
        _ name: String,
        hosts: [GeneralName] = [],
        from start: Int64 = start,
        until end: Int64 = end
    ) throws -> TestAuthority {
        try TestAuthority(name, issuer: self, hosts: hosts, from: start, until: end)
    }

    /// Makes another certificate for the name and the key of one, below this one.
    func certify(_ other: TestAuthority) throws -> TestAuthority {
        try TestAuthority(other.name, issuer: self, key: other.key)
    }

    var keyPEM: String { key.pemRepresentation + "\n" }

    private init(
        _ name: String,
        issuer: TestAuthority?,
        hosts: [GeneralName] = [],
        from start: Int64 = start,
        until end: Int64 = end,
        key: P256.Signing.PrivateKey = P256.Signing.PrivateKey()
    ) throws {
        let certificate = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: .init(key.publicKey),
            notValidBefore: Date(timeIntervalSince1970: TimeInterval(start)),
            notValidAfter: Date(timeIntervalSince1970: TimeInterval(end)),
            issuer: DistinguishedName { CommonName(issuer?.name ?? name) },
            subject: DistinguishedName { CommonName(name) },
            extensions: Certificate.Extensions { if !hosts.isEmpty { SubjectAlternativeNames(hosts) } },
            issuerPrivateKey: .init(issuer?.key ?? key)
        )
        self.name = name
        self.key = key
        pem = try certificate.serializeAsPEM().pemString + "\n"
    }
}

extension CertificateBundle {
    init(_ certificates: String, key: String) throws(CertificateDefect) {
        try self.init(
            certificateChain: SecretBytes(Array(certificates.utf8)),
            privateKey: SecretBytes(Array(key.utf8))
        )
    }

    init(_ leaf: TestAuthority) throws(CertificateDefect) {
        try self.init(leaf.pem, key: leaf.keyPEM)
    }
}
