import Crypto
import Diagnostics
import FoundationEssentials
import SwiftASN1
import X509

/// Makes the certificate that is served where no other is given.
package enum SelfSignedCertificate {
    /// Makes a new P-256 key, so that no two results are equal: keep the bundle for as long as it shall be served.
    ///
    /// `notBefore` and `notAfter` are seconds since 1970. It fails where `dnsName` is not ASCII, or a year is
    /// none of four digits.
    package static func make(
        commonName: String = "Postern Fallback Certificate",
        organization: String = "Postern",
        dnsName: String = "ingress.local",
        notBefore: Int64,
        notAfter: Int64
    ) throws -> CertificateBundle {
        let key = P256.Signing.PrivateKey()
        let name = try DistinguishedName {
            OrganizationName(organization)
            CommonName(commonName)
        }
        let certificate = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: Date(timeIntervalSince1970: TimeInterval(notBefore)),
            notValidAfter: Date(timeIntervalSince1970: TimeInterval(notAfter)),
            issuer: name,
            subject: name,
            extensions: try extensions(dnsName: dnsName),
            issuerPrivateKey: Certificate.PrivateKey(key)
        )
        return try CertificateBundle(
            certificateChain: pem(certificate),
            privateKey: PEMBlock.encode(SecretBytes(Array(key.derRepresentation)), label: "PRIVATE KEY")
        )
    }

    private static func extensions(dnsName: String) throws -> Certificate.Extensions {
        try Certificate.Extensions {
            Critical(BasicConstraints.notCertificateAuthority)
            Critical(KeyUsage(digitalSignature: true))
            try ExtendedKeyUsage([.serverAuth])
            SubjectAlternativeNames([.dnsName(dnsName)])
        }
    }

    private static func pem(_ certificate: Certificate) throws -> SecretBytes {
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return PEMBlock.encode(SecretBytes(serializer.serializedBytes), label: "CERTIFICATE")
    }
}
