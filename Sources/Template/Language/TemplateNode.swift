/// A part of a parsed template.
indirect enum TemplateNode: Sendable {
    case text(Text)
    case hole(Path)
    case loop(Loop)
    case condition(Condition)
    case choice(Choice)
    case include(Include)
    case settings(Settings)

    /// Text of at most one line, with its line break.
    struct Text: Sendable {
        var range: Range<Int>
        var startsLine: Bool

        init(_ token: Token) {
            (range, startsLine) = (token.range, token.startsLine)
        }
    }

    /// A loop: `{% for variable in list %} body {% end %}`.
    struct Loop: Sendable {
        var offset: Int
        var variable: Name
        var list: Path
        var body: [TemplateNode]
    }

    /// A choice: `{% if test %} then {% else %} otherwise {% end %}`.
    struct Condition: Sendable {
        enum Test: Sendable {
            case flag(Path)
            /// `let name = path`
            case binding(Name, Path)
        }

        var offset: Int
        var test: Test
        var then: [TemplateNode]
        var otherwise: [TemplateNode]
    }

    /// One branch for each case of a value: `{% switch choice %} {% case name %} body {% end %}`.
    struct Choice: Sendable {
        struct Branch: Sendable {
            var name: Name
            /// The name of the case's value in the body.
            var variable: Name?
            var body: [TemplateNode]
        }

        var offset: Int
        var choice: Path
        var branches: [Branch]
    }

    /// The directives of a value, each on a line: `{% settings path %}`.
    struct Settings: Sendable {
        var path: Path
        var offset: Int
        /// How far the lines are indented; `nil` when the tag is not alone on its line.
        var indentation: Int?
    }

    /// Another template at this place: `{% include "template" with record %}`.
    struct Include: Sendable {
        var offset: Int
        var template: Name
        var record: Path
        /// How far the included lines are indented; `nil` when the tag is not alone on its line.
        var indentation: Int?
    }
}

/// A word of a template and where it stands.
struct Name: Sendable, Hashable {
    var text: String
    var offset: Int
}

/// `location.tls.path`: a name in scope, then fields of it.
struct Path: Sendable, Hashable {
    var head: Name
    var fields: [Name]

    var description: String {
        ([head] + fields).map(\.text).joined(separator: ".")
    }
}
