import Crypto
import Template
import TextCoding

/// The digest of a file's content.
///
/// That of a short content is its SHA-256. A long one falls into pieces, each of which ends with a line that is known
/// by its own bytes; the digest is the SHA-256 of the lengths and the SHA-256 of all pieces. The same lines make the same
/// pieces wherever they stand, so that a long text of which little has changed is not hashed whole again.
package struct ContentDigest: Sendable {
    private var pieces = TextPieces()
    /// In hexadecimal.
    package private(set) var text: String

    /// The length from which on a content falls into pieces.
    package static let longest = 1 << 18

    package init(of content: some Collection<UInt8>) {
        self =
            content.withContiguousStorageIfAvailable { Self(UnsafeRawBufferPointer($0), after: nil, []) }
            ?? Self(of: Array(content))
    }

    /// Takes over what is known of an earlier text, of which stretches stand in this one.
    init(of content: [UInt8], after known: ContentDigest?, copies: [CopiedStretch]) {
        self = content.withUnsafeBytes { Self($0, after: known?.pieces, copies) }
    }

    private init(_ bytes: UnsafeRawBufferPointer, after known: TextPieces?, _ copies: [CopiedStretch]) {
        if bytes.count <= Self.longest {
            text = SHA256.digest(of: bytes).hexadecimal
        } else {
            pieces = TextPieces(of: bytes, after: known ?? TextPieces(), copies)
            text = pieces.digest.hexadecimal
        }
    }

    /// The plain SHA-256 of a content, in hexadecimal, whatever its length.
    package static func plain(_ content: some Collection<UInt8>) -> String {
        content.withContiguousStorageIfAvailable { SHA256.digest(of: UnsafeRawBufferPointer($0)).hexadecimal }
            ?? plain(Array(content))
    }
}

/// The pieces of a text, in their order.
private struct TextPieces: Sendable {
    /// Where each piece ends.
    private var ends: [Int] = []
    private var digests: [SHA256.Digest] = []

    init() {}

    init(of bytes: UnsafeRawBufferPointer, after known: TextPieces, _ copies: [CopiedStretch]) {
        var start = 0
        var copies = copies[...]
        var next = 0
        while start < bytes.count {
            while let copy = copies.first, copy.newEnd <= start { copies.removeFirst() }
            // A piece that stood in the earlier text from its first byte to its last is the same here. The last one ended
            // where the text did, and not for what stands there.
            if let copy = copies.first, copy.newStart <= start {
                let place = start - copy.newStart + copy.old.lowerBound
                while next < known.ends.count, known.start(of: next) < place { next += 1 }
                let isThere = next < known.ends.count - 1 && known.start(of: next) == place
                if isThere, known.ends[next] <= copy.old.upperBound {
                    start += known.ends[next] - place
                    append(known.digests[next], end: start)
                    next += 1
                    continue
                }
            }
            let end = bytes.endOfPiece(from: start)
            append(SHA256.digest(of: UnsafeRawBufferPointer(rebasing: bytes[start..<end])), end: end)
            start = end
        }
    }

    private func start(of piece: Int) -> Int { piece == 0 ? 0 : ends[piece - 1] }

    private mutating func append(_ digest: SHA256.Digest, end: Int) {
        digests.append(digest)
        ends.append(end)
    }

    /// That of all of the text.
    var digest: SHA256.Digest {
        // No file begins like this, so that no short one has the digest of a long one.
        var list = Array("\u{0}pieces\u{0}".utf8)
        list.reserveCapacity(list.count + ends.count * (SHA256.byteCount + 8))
        for (index, digest) in digests.enumerated() {
            withUnsafeBytes(of: UInt64(ends[index] - start(of: index)).bigEndian) { list += $0 }
            digest.withUnsafeBytes { list += $0 }
        }
        return list.withUnsafeBytes { SHA256.digest(of: $0) }
    }
}

extension SHA256 {
    fileprivate static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
        var hash = SHA256()
        hash.update(bufferPointer: bytes)
        return hash.finalize()
    }
}

extension UnsafeRawBufferPointer {
    /// One of so many different lines ends a piece.
    private static var linesOfPiece: UInt64 { 256 }

    /// Where the piece ends that begins at a place: behind the first line, from there on, that ends one.
    fileprivate func endOfPiece(from start: Int) -> Int {
        var hash = Self.hashOfNothing
        var index = start
        while index < count {
            let word = word(at: index)
            let length = word.bytesBeforeNewline
            guard length < 8 else {
                hash = Self.mix(hash, word)
                index += 8
                continue
            }
            hash = Self.mix(hash, word & ((1 << UInt64(length * 8)) - 1))
            index += length + 1
            if hash >> 40 % Self.linesOfPiece == 0 { return index }
            hash = Self.hashOfNothing
        }
        return count
    }

    /// Eight bytes, of which those behind the end are zero.
    private func word(at index: Int) -> UInt64 {
        guard index + 8 > count else {
            return UInt64(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt64.self))
        }
        return self[index...].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static var hashOfNothing: UInt64 { 0xCBF2_9CE4_8422_2325 }

    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}

extension UInt64 {
    /// How many of its bytes, the lowest first, stand before one that breaks the line; eight where none does.
    fileprivate var bytesBeforeNewline: Int {
        let other = self ^ 0x0A0A_0A0A_0A0A_0A0A
        // The lowest byte that is zero is marked rightly.
        return ((other &- 0x0101_0101_0101_0101) & ~other & 0x8080_8080_8080_8080).trailingZeroBitCount / 8
    }
}
