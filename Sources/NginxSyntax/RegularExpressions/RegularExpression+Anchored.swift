extension RegularExpression {
    /// The expression that matches only at the start of a text.
    ///
    /// Throws where the pattern cannot stand inside of another one: `(*UTF)` at its start, or a comment at its end.
    package func anchored() throws(RegularExpressionError) -> RegularExpression {
        try RegularExpression(pattern.needsGroup ? "^(?:\(pattern))" : "^\(pattern)", matchLimit: matchLimit)
    }
}

extension String {
    /// Whether a `^` in front might belong to a part of the pattern only, as in `^/a|/b`.
    fileprivate var needsGroup: Bool {
        guard utf8.first == UInt8(ascii: "/") else { return true }
        guard utf8.contains(UInt8(ascii: "|")) else { return false }
        var depth = 0
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            // What a pattern quotes otherwise is not worth telling apart.
            case UInt8(ascii: "["): return true
            case UInt8(ascii: "\\"): if rest.popFirst() == UInt8(ascii: "Q") { return true }
            case UInt8(ascii: "("):
                guard rest.first != UInt8(ascii: "?") || rest.starts(with: "?:".utf8) else { return true }
                depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "|") where depth == 0: return true
            default: continue
            }
        }
        return false
    }
}
