import NginxSyntax
import TextCoding

extension Rewrite {
    /// The effect of a rewrite on a path.
    enum Change: Hashable {
        /// The pattern does not match.
        case none
        /// PCRE2 gives up on the pattern; nginx answers 500.
        case givenUp
        case to([UInt8])
    }

    /// Returns what a backend sees in place of a decoded path, or the URL that a client is sent to.
    ///
    /// - Parameter write: How a group of the pattern is written.
    func change(
        of path: [UInt8],
        writing write: (ArraySlice<UInt8>) -> [UInt8] = { Array($0) }
    ) -> Change {
        var groups: [Range<Int>?] = []
        if let pattern {
            switch pattern.outcome(in: path, ignoringCase: true) {
            case .match(let match): groups = match.groups
            case .noMatch: return .none
            case .givenUp: return .givenUp
            }
        }
        var result: [UInt8] = []
        for part in target.parts {
            switch part {
            case .literal(let text):
                result.append(contentsOf: text.utf8)
            case .variable(let name):
                guard let number = Int(name.value), groups.indices.contains(number), let group = groups[number]
                else { continue }
                result.append(contentsOf: write(path[group]))
            }
        }
        return .to(result)
    }
}

extension RequestTarget {
    /// The target that a backend sees once the path is another; an empty query goes.
    func withPath(_ path: [UInt8]) -> String { Request.target(for: path) + suffix }

    /// The query with its `?`, as it ends a path or a URL; empty where the query is.
    var suffix: String { query.map { $0.isEmpty ? "" : "?" + $0 } ?? "" }
}

extension Request {
    /// The target that stands for a decoded path, escaped as nginx does when it passes on a changed one (`ngx_escape_uri`,
    /// since nginx 1.21.1).
    package static func target(for path: some Collection<UInt8>) -> String {
        let escaped = Set("\"#%<>?\\^`{|}".utf8)
        return String(decoding: path.percentEncoded { $0 <= 0x20 || $0 >= 0x7F || escaped.contains($0) }, as: UTF8.self)
    }
}
