import SwiftASN1

/// A value in DER, read as strictly as it can be: what is in doubt is `nil`.
struct StrictNode {
    private let node: ASN1Node

    private init(_ node: ASN1Node) { self.node = node }

    init?(_ bytes: [UInt8]) {
        guard let node = try? DER.parse(bytes) else { return nil }
        self.init(node)
    }

    var bytes: ArraySlice<UInt8> { node.encodedBytes }

    /// The values inside a constructed one of this kind.
    func children(of identifier: ASN1Identifier = .sequence) -> [StrictNode]? {
        guard node.identifier == identifier, case .constructed(let nodes) = node.content else { return nil }
        return nodes.map(StrictNode.init)
    }

    /// The only value inside a constructed one of this kind.
    func child(of identifier: ASN1Identifier) -> StrictNode? {
        guard let children = children(of: identifier), children.count == 1 else { return nil }
        return children[0]
    }

    /// The content of a primitive value of this kind.
    func content(of identifier: ASN1Identifier) -> ArraySlice<UInt8>? {
        guard node.identifier == identifier, case .primitive(let bytes) = node.content else { return nil }
        return bytes
    }

    /// The bytes of a number that is not negative, in its shortest form.
    var number: ArraySlice<UInt8>? {
        guard let bytes = content(of: .integer), let first = bytes.first, first < 0x80 else { return nil }
        guard bytes.count > 1, first == 0 else { return bytes }
        return bytes[bytes.startIndex + 1] >= 0x80 ? bytes.dropFirst() : nil
    }

    /// Whether it is the number of a version.
    func isVersion(_ version: UInt8) -> Bool { number?.elementsEqual([version]) ?? false }

    var objectIdentifier: ArraySlice<UInt8>? {
        guard let bytes = content(of: .objectIdentifier), let last = bytes.last, last < 0x80 else { return nil }
        // No part of it begins with a zero that only makes it longer.
        let begins = zip([0] + bytes, bytes).contains { before, byte in before < 0x80 && byte == 0x80 }
        return begins ? nil : bytes
    }

    /// The content of a bit string of whole octets.
    var bits: ArraySlice<UInt8>? {
        guard let bytes = content(of: .bitString), bytes.first == 0 else { return nil }
        return bytes.dropFirst()
    }

    var isNull: Bool { content(of: .null)?.isEmpty ?? false }

    /// Whether it is text of which nothing must be converted.
    var isPlainText: Bool {
        let isPrintable = { (byte: UInt8) in (0x20..<0x7f).contains(byte) }
        if let text = content(of: .printableString) ?? content(of: .ia5String) { return text.allSatisfy(isPrintable) }
        guard let text = content(of: .utf8String) else { return false }
        return text.allSatisfy(isPrintable)
            || String(validating: text, as: UTF8.self).map { !$0.contains("\0") } ?? false
    }
}
