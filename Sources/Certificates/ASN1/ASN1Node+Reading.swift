import SwiftASN1

/// The reading of certificates and keys is as lenient as OpenSSL's: BER is read like DER, and a field that
/// no decision depends on is not looked into.
extension ASN1Node {
    /// Reads one value that fills `bytes`.
    static func read(_ bytes: some Sequence<UInt8>) throws(Unreadable) -> ASN1Node {
        do {
            return try BER.parse(Array(bytes))
        } catch {
            // The parser's own words can repeat what it read.
            throw Unreadable("it is not ASN.1")
        }
    }

    /// The values inside a constructed one of this kind.
    func children(of identifier: ASN1Identifier, _ what: String) throws(Unreadable) -> [ASN1Node] {
        guard self.identifier == identifier, case .constructed(let nodes) = content else {
            throw Unreadable("\(what) is malformed")
        }
        return Array(nodes)
    }

    /// The content of a primitive value of this kind.
    func bytes(of identifier: ASN1Identifier, _ what: String) throws(Unreadable) -> [UInt8] {
        guard self.identifier == identifier, case .primitive(let bytes) = content else {
            throw Unreadable("\(what) is malformed")
        }
        return Array(bytes)
    }

    /// The content of a bit string of whole octets.
    func bits(_ what: String) throws(Unreadable) -> [UInt8] {
        let bytes = try bytes(of: .bitString, what)
        guard bytes.first == 0 else { throw Unreadable("\(what) is malformed") }
        return Array(bytes.dropFirst())
    }

    /// The value inside an explicit tag.
    func tagged(_ number: UInt, _ what: String) throws(Unreadable) -> ASN1Node {
        let inner = try children(of: .context(number), what)
        guard inner.count == 1 else { throw Unreadable("\(what) is malformed") }
        return inner[0]
    }
}

extension ASN1Identifier {
    static func context(_ number: UInt) -> ASN1Identifier {
        ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }
}
