import Diagnostics

/// The messages of libyaml, in words for people.
struct SyntaxMessage {
    var text: String
    var hint: String?
    var position: Node.Position

    init(_ error: SyntaxError) {
        position = error.position
        switch error.message {
        case "found character that cannot start any token":
            (text, hint) = Self.badStart(error.character)
        case "found unexpected end of stream", "found unexpected document indicator":
            (text, hint) = ("this quoted text is never closed", "add the closing quote")
            position = error.contextPosition
        case "did not find expected ',' or '}'":
            text = "expected ',' or '}' here, to close the '{' at \(Self.place(error.contextPosition))"
        case "did not find expected ',' or ']'":
            text = "expected ',' or ']' here, to close the '[' at \(Self.place(error.contextPosition))"
        default:
            (text, hint) = Self.common[error.message] ?? ("this is not YAML: \(error.message)", nil)
        }
    }

    private static func place(_ position: Node.Position) -> String {
        "\(position.line):\(position.column)"
    }

    private static func badStart(_ character: Unicode.Scalar?) -> (String, String?) {
        guard let character, character != "\t" else {
            return ("a tab cannot indent YAML", "indent with spaces")
        }
        return ("a plain value cannot begin with '\(character)'", "put quotes around the value")
    }

    /// libyaml's words on the left, and what to tell a person.
    private static let common: [String: (text: String, hint: String?)] = [
        "found a tab character that violates indentation": ("a tab cannot indent YAML", "indent with spaces"),
        "found a tab character where an indentation space is expected":
            ("a tab cannot indent YAML", "indent with spaces"),
        "mapping values are not allowed in this context": (
            "a key and its value cannot begin here",
            "check the indentation and the ':' of the line before; put quotes around a value that contains ': '"
        ),
        "mapping keys are not allowed in this context": ("a key cannot stand here", "check the indentation"),
        "block sequence entries are not allowed in this context": (
            "a list item cannot stand here", "begin the list on a line of its own"
        ),
        "did not find expected key": (
            "expected a key here", "check the indentation of this line and of those before it"
        ),
        "did not find expected '-' indicator": (
            "expected '- ' here, for the next item of the list", "check the indentation of this line"
        ),
        "could not find expected ':'": (
            "there is no ':' after this key", "write 'key: value', with a space after the colon"
        ),
        "did not find expected node content": ("a value is missing here", nil),
        "did not find expected <document start>": (
            "the document has ended, and more text follows", "begin another document with a line '---'"
        ),
        "found unknown escape character": (
            "a backslash in double quotes is followed by a character that it does not go with",
            "write two backslashes, or use single quotes"
        ),
        "did not find expected hexdecimal number": ("this escape needs hexadecimal digits", nil),
        "found invalid Unicode character escape code": ("this escape is not a Unicode character", nil),
        "did not find expected alphabetic or numeric character": (
            "a name must follow '&' or '*' here", "put quotes around a value that begins with '*' or '&'"
        ),
        "found undefined tag handle": ("this tag is not defined", "put quotes around a value that begins with '!'"),
        "found incompatible YAML document": ("this version of YAML is not read", "remove the '%YAML' line"),
    ]
}

extension Diagnostic {
    /// A document that libyaml refuses.
    static func syntax(_ error: SyntaxError, in text: ArraySlice<UInt8>, file: String) -> Diagnostic {
        let message = SyntaxMessage(error)
        let templateHint = "if this is a Helm template, render it first with 'helm template'"
        return Diagnostic(
            .error,
            code: "yaml-syntax",
            "\(message.text); the document is left out",
            position: SourcePosition(message.position, in: file),
            hint: text.contains("{{".utf8) ? templateHint : message.hint
        )
    }
}
