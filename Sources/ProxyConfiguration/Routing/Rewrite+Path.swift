import NginxSyntax

extension Rewrite {
    /// Returns the target that a backend sees, or `nil` when the pattern does not match and nothing changes.
    func target(for request: RequestTarget) -> String? {
        guard let path = newPath(for: request.path) else { return nil }
        return Self.escape(path) + (request.query.map { "?" + $0 } ?? "")
    }

    private func newPath(for path: [UInt8]) -> [UInt8]? {
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
