import Diagnostics

/// Finds the blocks of a PEM file.
///
/// Text before, between and after blocks is skipped. Line ends do not matter, nor whether a block begins on
/// a line of its own: files that were joined without a newline, or whose newlines became spaces, are read too.
struct PEMReader {
    private let bytes: [UInt8]
    private var position = 0

    private static let begin = Array("-----BEGIN ".utf8)
    private static let dashes = Array("-----".utf8)
    private static let longestLabel = 64

    /// Returns the blocks in their order; an unclosed one is an error.
    static func blocks(of part: CertificatePart, in text: SecretBytes) throws(CertificateDefect) -> [PEMBlock] {
        var reader = PEMReader(bytes: text.bytes)
        var blocks: [PEMBlock] = []
        while let label = reader.nextLabel() {
            guard let body = reader.body(until: label) else {
                throw .damagedBlock(part, index: blocks.count + 1)
            }
            blocks.append(PEMBlock(label: label, body: body))
        }
        guard !blocks.isEmpty else { throw .notPEM(part) }
        return blocks
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Moves behind the next `-----BEGIN LABEL-----`.
    private mutating func nextLabel() -> String? {
        while let start = find(Self.begin, from: position) {
            position = start + Self.begin.count
            guard let end = find(Self.dashes, from: position), end - position <= Self.longestLabel else { continue }
            let label = bytes[position..<end]
            guard !label.isEmpty, label.allSatisfy(Self.isLabelByte) else { continue }
            position = end + Self.dashes.count
            return String(decoding: label, as: UTF8.self)
        }
        return nil
    }

    /// Moves behind the end of the block; `nil` when another block begins before that.
    private mutating func body(until label: String) -> SecretBytes? {
        let end = Array("-----END \(label)-----".utf8)
        guard let next = find(Self.dashes, from: position), bytes[next...].starts(with: end) else { return nil }
        defer { position = next + end.count }
        return SecretBytes(Array(bytes[position..<next]))
    }

    private func find(_ pattern: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first else { return nil }
        var index = start
        while index + pattern.count <= bytes.count {
            if bytes[index] == first, bytes[index...].starts(with: pattern) { return index }
            index += 1
        }
        return nil
    }

    private static func isLabelByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
