/// A database of places in MaxMind's format, for IPv4.
///
/// See [MaxMind DB File Format](https://maxmind.github.io/MaxMind-DB/).
package struct PlaceDatabase {
    /// A fact, or several by their names.
    package indirect enum Fact {
        case text(String)
        case number(UInt32)
        case facts([(String, Fact)])
    }

    private var nodes: [[Child]] = [[.nothing, .nothing]]
    private var data: [UInt8] = []

    private enum Child {
        case nothing
        case node(Int)
        case data(Int)
    }

    package init() {}

    /// Notes what is known of a network.
    package mutating func add(_ address: (UInt8, UInt8, UInt8, UInt8), length: Int, _ fact: Fact) {
        let offset = data.count
        data += Self.bytes(fact)
        let bytes = [address.0, address.1, address.2, address.3]
        var node = 0
        for bit in 0..<length {
            let side = Int(bytes[bit / 8] >> (7 - bit % 8) & 1)
            if bit == length - 1 {
                nodes[node][side] = .data(offset)
            } else if case .node(let next) = nodes[node][side] {
                node = next
            } else {
                nodes.append([.nothing, .nothing])
                nodes[node][side] = .node(nodes.count - 1)
                node = nodes.count - 1
            }
        }
    }

    /// The file's content.
    package func content(type: String) -> [UInt8] {
        let tree = nodes.flatMap { $0.flatMap(record) }
        let metadata = Self.bytes(
            .facts([
                ("node_count", .number(UInt32(nodes.count))), ("database_type", .text(type)),
                ("description", .facts([("en", .text("made by a test"))])),
            ])
        )
        // Those that are no 32-bit number, text or map; the map's count of pairs says that they are there.
        let numbers: [(String, UInt8)] = [
            ("record_size", 24), ("ip_version", 4), ("binary_format_major_version", 2),
            ("binary_format_minor_version", 0),
        ]
        let rest =
            numbers.flatMap { Self.key($0) + [0xA1, $1] } + Self.key("build_epoch") + [0x04, 0x02, 0x65, 0, 0, 0]
            + Self.key("languages") + [0x01, 0x04] + Self.bytes(.text("en"))
        let whole = [metadata[0] + 6] + metadata.dropFirst() + rest
        return tree + [UInt8](repeating: 0, count: 16) + data + [0xAB, 0xCD, 0xEF] + Array("MaxMind.com".utf8) + whole
    }

    /// Three bytes: the number of a node, of none, or where data begins behind the tree.
    private func record(_ child: Child) -> [UInt8] {
        let value =
            switch child {
            case .nothing: nodes.count
            case .node(let node): node
            case .data(let offset): nodes.count + 16 + offset
            }
        return [UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
    }

    private static func bytes(_ fact: Fact) -> [UInt8] {
        switch fact {
        case .text(let text): key(text)
        case .number(let number): [0xC4] + (0..<4).reversed().map { UInt8(number >> ($0 * 8) & 0xFF) }
        case .facts(let facts): [0xE0 | UInt8(facts.count)] + facts.flatMap { key($0.0) + bytes($0.1) }
        }
    }

    /// A text of fewer than 285 bytes.
    private static func key(_ text: String) -> [UInt8] {
        let length = text.utf8.count
        return (length < 29 ? [0x40 | UInt8(length)] : [0x5D, UInt8(length - 29)]) + Array(text.utf8)
    }
}
