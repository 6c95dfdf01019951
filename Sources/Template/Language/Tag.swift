import Diagnostics

/// The content of a tag, between `{%` and `%}`.
enum Tag: Sendable {
    case template(Name)
    case loop(variable: Name, list: Path)
    case condition(TemplateNode.Condition.Test)
    case otherwise
    case choice(Path)
    case branch(Branch)
    case end
    case include(template: Name, record: Path)
    case settings(Path)

    /// A branch of a `switch`: `{% case name %}` or `{% case let variable = name %}`.
    struct Branch: Sendable {
        var name: Name
        var variable: Name?
    }

    /// The forms of tags, by their first word.
    private static let forms = [
        "template": "{% template Type %}",
        "for": "{% for name in list %}",
        "if": "{% if flag %} or {% if let name = optional %}",
        "else": "{% else %}",
        "switch": "{% switch choice %}",
        "case": "{% case name %} or {% case let value = name %}",
        "end": "{% end %}",
        "settings": "{% settings directives %}",
        "include": "{% include \"template\" with record %}",
    ]

    /// Returns `nil`, after saying why, for what is no tag.
    init?(_ token: Token, in source: SourceText, diagnostics: inout [Diagnostic]) {
        let words = Words(token.content, in: source).words
        guard let keyword = words.first else {
            diagnostics.append(source.error("syntax", "this tag is empty", at: token.range.lowerBound))
            return nil
        }
        guard let form = Self.forms[keyword.text] else {
            diagnostics.append(Self.unknown(keyword, in: source))
            guard let meant = Self.meantTag(keyword.text) else { return nil }
            self = meant
            return
        }
        guard let tag = Self.parse(words) else {
            let message = "a tag '\(keyword.text)' has the form \(form)"
            diagnostics.append(source.error("syntax", message, at: keyword.offset))
            return nil
        }
        self = tag
    }

    private static func parse(_ words: [Name]) -> Tag? {
        switch (words[0].text, words.count) {
        case ("end", 1): return .end
        case ("else", 1): return .otherwise
        case ("template", 2) where words[1].isIdentifier: return .template(words[1])
        case ("if", 2): return words[1].path.map { .condition(.flag($0)) }
        case ("if", 5) where words[1].text == "let" && words[2].isIdentifier && words[3].text == "=":
            return words[4].path.map { .condition(.binding(words[2], $0)) }
        case ("settings", 2): return words[1].path.map { .settings($0) }
        case ("switch", 2): return words[1].path.map { .choice($0) }
        case ("case", 2) where words[1].isIdentifier: return .branch(Branch(name: words[1]))
        case ("case", 5) where words[1].text == "let" && words[2].isIdentifier && words[3].text == "=":
            guard words[4].isIdentifier else { return nil }
            return .branch(Branch(name: words[4], variable: words[2]))
        case ("for", 4) where words[1].isIdentifier && words[2].text == "in":
            return words[3].path.map { .loop(variable: words[1], list: $0) }
        case ("include", 4) where words[2].text == "with":
            guard let template = words[1].unquoted, let record = words[3].path else { return nil }
            return .include(template: template, record: record)
        default: return nil
        }
    }

    /// The names of `end` and `else` in other languages, so that blocks stay matched after the report.
    private static func meantTag(_ keyword: String) -> Tag? {
        switch keyword {
        case "endfor", "endif", "endswitch": .end
        case "elif", "elseif", "elsif": .otherwise
        default: nil
        }
    }

    private static func unknown(_ keyword: Name, in source: SourceText) -> Diagnostic {
        let aliases = [
            "endfor": "end", "endif": "end", "endswitch": "end", "foreach": "for", "elif": "else", "elseif": "else",
            "elsif": "else",
        ]
        let suggestion = aliases[keyword.text] ?? Spelling.suggestion(for: keyword.text, among: forms.keys)
        let help =
            suggestion.map { "; did you mean '\($0)'?" } ?? "; tags are \(forms.keys.sorted().joined(separator: ", "))"
        return source.error("syntax", "there is no tag '\(keyword.text)'\(help)", at: keyword.offset)
    }
}
