/// The left side of an entry of `map`.
///
/// nginx reads a `~` or `\` at the start of a key, and the words of `map` itself, as syntax, quoted or not;
/// a literal key that looks so gets the backslash in front that nginx takes off again.
package enum MapKey: DirectiveArgument {
    /// A value of the source, whatever the case of its letters.
    case literal(Text)
    case expression(RegularExpression, ignoresCase: Bool)
    case fallback

    package static var kind: ArgumentKind { .mapKey }

    package func write(to output: inout [UInt8]) {
        switch self {
        case .literal(let text): text.form.write(to: &output, prefix: Self.prefix(for: text.value))
        case .expression(let expression, let ignoresCase):
            expression.form.write(to: &output, prefix: ignoresCase ? "~*" : "~")
        case .fallback: output.append("default")
        }
    }

    private static func prefix(for key: String) -> StaticString {
        switch key.utf8.first {
        case UInt8(ascii: "~"): "\\"
        // Two, for the lexer drops one of them.
        case UInt8(ascii: "\\"): "\\\\"
        default: ["default", "hostnames", "include", "volatile"].contains(key) ? "\\" : ""
        }
    }
}

extension MapKey: CustomStringConvertible {
    package var description: String { printedForm }
}
