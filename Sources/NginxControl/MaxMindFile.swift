import Foundation

/// A file in the format of MaxMind's databases, of which its metadata is looked at.
///
/// nginx refuses its whole configuration for a file that is none. See
/// [MaxMind DB File Format](https://maxmind.github.io/MaxMind-DB/).
enum MaxMindFile {
    /// The bytes in front of the metadata, which is the last thing in a file.
    private static let marker: [UInt8] = [0xAB, 0xCD, 0xEF] + Array("MaxMind.com".utf8)
    /// The greatest distance of the marker from the file's end.
    private static let longestTail = 128 * 1_024
    /// Between the search tree and the data.
    private static let separatorLength = 16

    /// Whether a file has metadata that makes sense, and as many bytes as that says.
    static func isDatabase(at path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path), let length = try? file.seekToEnd() else { return false }
        let start = length > longestTail ? length - UInt64(longestTail) : 0
        guard (try? file.seek(toOffset: start)) != nil, let data = try? file.readToEnd() else { return false }
        return isDatabase(tail: Array(data), length: Int(length))
    }

    /// - Parameters:
    ///   - tail: The last bytes.
    ///   - length: That of the whole file.
    static func isDatabase(tail: [UInt8], length: Int) -> Bool {
        guard let start = lastMarker(in: tail) else { return false }
        var reader = MaxMindReader(bytes: tail[(start + marker.count)...])
        guard case .map(let metadata) = reader.value(), case .short(2) = metadata["binary_format_major_version"],
            case .short = metadata["binary_format_minor_version"], case .long = metadata["build_epoch"],
            case .text = metadata["database_type"], case .map = metadata["description"],
            case .list = metadata["languages"],
            case .short(let version) = metadata["ip_version"], version == 4 || version == 6,
            case .word(let nodes) = metadata["node_count"], nodes > 0,
            case .short(let size) = metadata["record_size"], [24, 28, 32].contains(size)
        else { return false }
        let tree = UInt64(nodes) * UInt64(size) / 4
        let content = length - (tail.count - start)
        return tree + UInt64(separatorLength) < UInt64(max(0, content))
    }

    private static func lastMarker(in bytes: [UInt8]) -> Int? {
        guard bytes.count >= marker.count else { return nil }
        return stride(from: bytes.count - marker.count, through: 0, by: -1).first { start in
            bytes[start] == marker[0] && bytes[start..<start + marker.count].elementsEqual(marker)
        }
    }
}

/// Reads values as MaxMind's databases hold them, without pointers, which their metadata has none of.
private struct MaxMindReader {
    var bytes: ArraySlice<UInt8>
    /// Deeper than any metadata; a chain of brackets ends there.
    private var depth = 0

    enum Value {
        case text(String)
        // The reader of nginx wants each number to be of the type that the format names.
        case short(UInt16)
        case word(UInt32)
        case long(UInt64)
        case map([String: Value])
        case list([Value])
        /// Of a type that nobody asks for.
        case other
    }

    init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// Returns `nil` for bytes that are no value.
    mutating func value() -> Value? {
        guard depth < 8, let control = bytes.popFirst() else { return nil }
        var type = control >> 5
        if type == 0 {
            guard let more = bytes.popFirst(), more < 0xF0 else { return nil }
            type = more + 7
        }
        guard let size = size(control & 0x1F) else { return nil }
        depth += 1
        defer { depth -= 1 }
        switch type {
        case 2: return take(size).map { .text(String(decoding: $0, as: UTF8.self)) }
        case 5: return number(of: size).flatMap(UInt16.init(exactly:)).map(Value.short)
        case 6: return number(of: size).flatMap(UInt32.init(exactly:)).map(Value.word)
        case 9: return number(of: size).map(Value.long)
        case 3, 4, 8, 10, 15: return take(size).map { _ in .other }
        case 14: return .other
        case 7: return map(of: size)
        case 11: return list(of: size)
        default: return nil
        }
    }

    private mutating func number(of size: Int) -> UInt64? {
        guard size <= 8 else { return nil }
        return take(size)?.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func map(of count: Int) -> Value? {
        var map: [String: Value] = [:]
        for _ in 0..<count {
            guard case .text(let key) = value(), let value = value() else { return nil }
            map[key] = value
        }
        return .map(map)
    }

    private mutating func list(of count: Int) -> Value? {
        var list: [Value] = []
        for _ in 0..<count {
            guard let value = value() else { return nil }
            list.append(value)
        }
        return .list(list)
    }

    private mutating func size(_ code: UInt8) -> Int? {
        guard code >= 29 else { return Int(code) }
        let bases = [29, 285, 65_821]
        let index = Int(code) - 29
        return take(index + 1).map { bases[index] + $0.reduce(0) { $0 << 8 | Int($1) } }
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= bytes.count else { return nil }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }
}
