/// A directive that a template spells out, as nginx will read it.
indirect enum Statement: Sendable {
    case directive(SpelledDirective)
    case include(TemplateNode.Include)
    case settings(TemplateNode.Settings)
    /// One of these, or one of these any number of times.
    case branches([[Statement]])
}

/// A directive of a template, or an entry of a block such as `map`.
struct SpelledDirective: Sendable {
    var name: Word
    var arguments: [Argument]
    /// The statements between its braces; `nil` when it ends with `;`.
    var body: [Statement]?
    /// Where its `;` or `{` stands.
    var end: Int
}

/// One element among the arguments of a directive.
indirect enum Argument: Sendable {
    case word(Word)
    /// One of these lists.
    case choice([[Argument]])
    /// This list, any number of times.
    case repeated([Argument])
}

/// One argument, or the name of a directive.
struct Word: Sendable {
    enum Piece: Sendable {
        case literal(String)
        case hole(Path)
    }

    var offset: Int
    var pieces: [Piece]

    /// As the template spells it.
    var description: String {
        pieces.map { piece in
            switch piece {
            case .literal(let text): text
            case .hole(let path): "{{ \(path.description) }}"
            }
        }.joined()
    }

    /// The text, where there are no holes in it.
    var literal: String? {
        var text = ""
        for piece in pieces {
            guard case .literal(let part) = piece else { return nil }
            text += part
        }
        return text
    }

    var holes: [Path] {
        pieces.compactMap { piece in
            if case .hole(let path) = piece { path } else { nil }
        }
    }
}
