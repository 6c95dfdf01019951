import NginxSyntax

/// Reads the text of an annotation as a value of one type.
struct AnnotationParser<Value>: Sendable {
    /// What a value looks like, for people.
    let type: String
    let parse: @Sendable (String) throws(AnnotationError) -> Value
}

extension AnnotationParser<Bool> {
    /// What Go's `strconv.ParseBool` takes, which ingress-nginx uses.
    static let bool = AnnotationParser(type: "bool") { text throws(AnnotationError) in
        switch text {
        case "1", "t", "T", "TRUE", "true", "True": return true
        case "0", "f", "F", "FALSE", "false", "False": return false
        default: throw AnnotationError(reason: "is neither true nor false")
        }
    }
}

extension AnnotationParser<Text> {
    /// An absolute path of plain characters, as ingress-nginx allows it for `app-root`.
    static let absolutePath = AnnotationParser(type: "path") { text throws(AnnotationError) in
        guard text.hasPrefix("/") else { throw AnnotationError(reason: "is not an absolute path") }
        guard text.utf8.allSatisfy({ $0.isPathCharacter || $0 == UInt8(ascii: "$") }), let path = Text(text) else {
            throw AnnotationError(reason: "holds a character that is not allowed here")
        }
        return path
    }
}

extension AnnotationParser<RewriteTarget> {
    /// A path with the groups `$1` to `$9` of the Ingress's path.
    static let rewriteTarget = AnnotationParser(type: "path with $1 to $9") { text throws(AnnotationError) in
        guard text.hasPrefix("/") || text.hasPrefix("$") else {
            throw AnnotationError(reason: "begins with neither '/' nor a group")
        }
        let (parts, highestGroup) = try rewriteParts(of: text)
        guard let expression = Expression(parts: parts) else { throw AnnotationError(reason: "is too long") }
        return RewriteTarget(text: text, expression: expression, highestGroup: highestGroup)
    }

    private static func rewriteParts(of text: String) throws(AnnotationError) -> ([Expression.Part], Int) {
        var parts: [Expression.Part] = []
        var literal = ""
        var highestGroup = 0
        var rest = Substring(text)
        while let character = rest.popFirst() {
            guard character == "$" else {
                guard let byte = character.asciiValue, byte.isPathCharacter else {
                    throw AnnotationError(reason: "holds '\(character)', which is not allowed in a path")
                }
                literal.append(character)
                continue
            }
            guard let next = rest.popFirst(), next.isASCII, let digit = next.wholeNumberValue, digit > 0,
                let name = VariableName("\(digit)")
            else { throw AnnotationError(reason: "holds a '$' that is not followed by a digit from 1 to 9") }
            if !literal.isEmpty { parts.append(.literal(literal)) }
            literal = ""
            parts.append(.variable(name))
            highestGroup = max(highestGroup, digit)
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        return (parts, highestGroup)
    }
}

extension UInt8 {
    /// Letters, digits and `- . _ ~ / :`, the characters that ingress-nginx allows in paths of annotations.
    fileprivate var isPathCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
