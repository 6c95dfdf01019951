import NginxSyntax

extension Rewrite {
    /// Returns the path that a backend sees, decoded, or `nil` when the pattern does not match and nothing changes.
    func newPath(for path: [UInt8]) -> [UInt8]? {
        var groups: [Range<Int>?] = []
        if let pattern {
            guard let match = pattern.firstMatch(in: path, ignoringCase: true) else { return nil }
            groups = match.groups
        }
        var result: [UInt8] = []
        for part in target.parts {
            switch part {
            case .literal(let text):
                result.append(contentsOf: text.utf8)
            case .variable(let name):
                guard let number = Int(name.value), groups.indices.contains(number), let group = groups[number]
                else { continue }
                result.append(contentsOf: path[group])
            }
        }
        return result
    }
}

extension RequestTarget {
    /// The target that a backend sees once the path is another; an empty query goes.
    func withPath(_ path: [UInt8]) -> String {
        Self.escape(path) + (query.map { $0.isEmpty ? "" : "?" + $0 } ?? "")
    }

    /// Escapes a path as nginx does when it passes on a changed one (`ngx_escape_uri`, since nginx 1.21.1).
    private static func escape(_ path: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let escaped = Set("\"#%<>?\\^`{|}".utf8)
        var result: [UInt8] = []
        for byte in path {
            if byte <= 0x20 || byte >= 0x7F || escaped.contains(byte) {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
