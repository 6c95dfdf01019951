import Crypto
import Diagnostics
import SwiftASN1
import TextCoding

/// The fields of a certificate that decisions and summaries are made of.
///
/// swift-certificates' own type refuses certificates that OpenSSL serves (keys on other curves, RSA-PSS keys,
/// BER, a malformed extension), so only what is needed is read here, and the rest is left to nginx.
struct ParsedCertificate: Sendable, Hashable {
    let encoded: [UInt8]
    let serial: [UInt8]
    let issuer: CertificateName
    let subject: CertificateName
    let notBefore: Int64
    let notAfter: Int64
    let publicKey: PublicKey
    let names: AlternativeNames
    /// The URL of whoever tells whether it is revoked; `nil` where it names nobody.
    let responder: String?
    let signature: CertificateSignature

    init(_ der: SecretBytes) throws(Unreadable) {
        let root = try ASN1Node.read(der.bytes)
        let outer = try root.children(of: .sequence, "it")
        guard outer.count == 3 else { throw Unreadable("it is not a certificate") }
        var fields = try outer[0].children(of: .sequence, "it")[...]
        if fields.first?.identifier == .context(0) { fields.removeFirst() }
        guard fields.count >= 6 else { throw Unreadable("it is not a certificate") }

        let start = fields.startIndex
        encoded = der.bytes
        serial = try fields[start].bytes(of: .integer, "its serial number")
        issuer = try CertificateName(fields[start + 2], "its issuer")
        let validity = try fields[start + 3].children(of: .sequence, "its validity")
        guard validity.count == 2 else { throw Unreadable("its validity is malformed") }
        notBefore = try validity[0].time()
        notAfter = try validity[1].time()
        subject = try CertificateName(fields[start + 4], "its subject")
        publicKey = try PublicKey(fields[start + 5])
        names = Self.alternativeNames(in: fields.dropFirst(6))
        responder = Self.responder(in: fields.dropFirst(6))
        signature = try CertificateSignature(of: outer[0], algorithm: outer[1], bits: outer[2])
    }

    /// The names that clients accept as the server's: the alternative names, or where there are none the common names.
    var hosts: [String] {
        let texts = names.dnsNames.isEmpty ? subject.commonNames : names.dnsNames.map(\.text)
        return texts.compactMap(CertificateHost.init).map(\.text)
    }

    /// As in OpenSSL, an extension that cannot be read does not make the certificate unusable.
    private static func alternativeNames(in optionalFields: ArraySlice<ASN1Node>) -> AlternativeNames {
        let content = content(ofExtension: ObjectIdentifier.subjectAlternativeName, in: optionalFields)
        return content.flatMap { try? AlternativeNames($0) } ?? AlternativeNames()
    }

    /// The first of those that are named, as nginx takes it.
    private static func responder(in optionalFields: ArraySlice<ASN1Node>) -> String? {
        let content = content(ofExtension: ObjectIdentifier.authorityInformationAccess, in: optionalFields)
        guard let content, let list = try? ASN1Node.read(content).children(of: .sequence, "") else { return nil }
        for entry in list {
            guard let parts = try? entry.children(of: .sequence, ""), parts.count == 2,
                (try? parts[0].bytes(of: .objectIdentifier, "")) == ObjectIdentifier.statusResponder,
                let url = try? parts[1].bytes(of: .context(6), "")
            else { continue }
            return String(decoding: url, as: UTF8.self)
        }
        return nil
    }

    private static func content(
        ofExtension identifier: [UInt8],
        in optionalFields: ArraySlice<ASN1Node>
    ) -> ArraySlice<UInt8>? {
        guard let field = optionalFields.first(where: { $0.identifier == .context(3) }),
            let list = try? field.tagged(3, "").children(of: .sequence, "")
        else { return nil }
        for entry in list {
            guard let parts = try? entry.children(of: .sequence, ""), let type = parts.first, let value = parts.last,
                case .primitive(let name) = type.content, Array(name) == identifier,
                case .primitive(let content) = value.content
            else { continue }
            return content
        }
        return nil
    }
}

extension ParsedCertificate: CustomStringConvertible {
    /// One line without control characters.
    var description: String {
        let number = serial.count > 40 ? "\(serial.prefix(40).hexadecimal)…" : serial.hexadecimal
        let fingerprint = SHA256.hash(data: encoded).hexadecimal
        return """
            subject \(subject); names \(names); issuer \(issuer); serial \(number); \
            \(UTCTimestamp(notBefore)) to \(UTCTimestamp(notAfter)); SHA-256 \(fingerprint)
            """
    }
}
