import Diagnostics
import NginxSyntax

/// Reads the directives that a template spells out, by nginx's own lexical rules.
///
/// A control tag splits the text: each branch must be whole directives or, inside a directive, whole arguments.
struct StructureParser {
    let source: SourceText
    let holes: [Int: ArgumentType]
    var diagnostics: [Diagnostic] = []

    var lexer = WordLexer()
    var blocks: [OpenBlock] = []
    /// The statements of the innermost open block.
    var statements: [Statement] = []
    /// The name and the arguments of the directive that has not ended yet.
    var name: Word?
    var arguments: [Argument] = []
    /// A `;` or brace has stood in a branch inside this directive.
    var branchEndsDirective = false
    let place: Place
    /// The `}` that had no block to close in this branch.
    var strayClosings = 0

    /// The part being read: a whole template, a branch of directives, or a branch inside a directive.
    enum Place {
        case template, statements, arguments
    }

    /// A block whose `}` has not come yet, and what stood before it.
    struct OpenBlock {
        var name: Word
        var arguments: [Argument]
        var brace: Int
        var before: [Statement]
        /// Stands for a block that a branch has left open, which has been reported.
        var isReported = false
    }

    init(source: SourceText, holes: [Int: ArgumentType]) {
        self.init(source: source, holes: holes, place: .template)
    }

    init(source: SourceText, holes: [Int: ArgumentType], place: Place) {
        self.source = source
        self.holes = holes
        self.place = place
    }

    /// Reads a whole template.
    mutating func parse(_ nodes: [TemplateNode]) -> [Statement] {
        read(nodes)
        end()
        return statements
    }

    mutating func read(_ nodes: [TemplateNode]) {
        for node in nodes {
            switch node {
            case .text(let text): read(text)
            case .hole(let path): read(path)
            case .loop(let loop): readBranches([loop.body], at: loop.offset, isLoop: true)
            case .condition(let condition):
                readBranches([condition.then, condition.otherwise], at: condition.offset, isLoop: false)
            case .choice(let choice):
                readBranches(choice.branches.map(\.body), at: choice.offset, isLoop: false)
            case .include(let include):
                read("an include", .include(include), at: include.offset, isAlone: include.indentation != nil)
            case .settings(let settings):
                read("a 'settings'", .settings(settings), at: settings.offset, isAlone: settings.indentation != nil)
            }
        }
    }
}

extension StructureParser {
    mutating func read(_ text: TemplateNode.Text) {
        for offset in text.range {
            let byte = source.bytes[offset]
            let wasQuoting = isQuoting
            if lexer.isAfterHole, byte == UInt8(ascii: "{") { report(.braceAfterHole(at: offset, in: source)) }
            if lexer.isEscaped, byte == UInt8(ascii: "\n") {
                report(source.error("syntax", "a backslash can't end a line", at: offset - 1))
            }
            let event = lexer.take(byte, at: offset)
            if !lexer.isTouching, !isQuoting { takeWord() }
            handle(event, at: offset)
            if wasQuoting, byte == UInt8(ascii: "\n"), isQuoting {
                let start = lexer.start ?? offset
                report(source.error("quotes", "this quoted argument does not end on its line", at: start))
                lexer = WordLexer()
            }
        }
    }

    mutating func handle(_ event: WordLexer.Event, at offset: Int) {
        switch event {
        case .nothing: break
        case .endOfDirective: endDirective(at: offset)
        case .openingBrace: openBlock(at: offset)
        case .closingBrace: closeBlock(at: offset)
        case .missingSpace:
            takeWord()
            let message = "a space must stand between one argument and the next"
            report(source.error("joined", message, at: offset))
        case .escapedHole:
            let message = "a backslash before a hole would change what the value says"
            report(source.error("joined", message, at: offset))
        }
    }

    mutating func read(_ path: Path) {
        let offset = path.head.offset
        let type = holes[offset]
        if lexer.mode == .comment {
            if let type, type.kind != .comment && type.kind != .identifier || type.isList {
                let message =
                    "a hole in a comment takes a comment or an identifier; '\(path.description)' is \(type.description)"
                report(source.error("comment", message, at: offset))
            }
            return
        }
        if isQuoting {
            let message = "a hole can't stand inside quotes: its value is a whole argument and brings its own"
            return report(source.error("quotes", message, at: offset))
        }
        if let type, type.kind == .comment {
            let message = "'\(path.description)' may stand only in a comment, after '#'"
            report(source.error("comment", message, at: offset))
        }
        handle(lexer.take(path), at: offset)
    }

    var isQuoting: Bool {
        if case .quoted = lexer.mode { true } else { false }
    }

    /// Adds the word before a separator to the directive.
    mutating func takeWord() {
        guard let word = lexer.finishWord() else { return }
        checkJoints(of: word)
        if name == nil, place != .arguments { name = word } else { arguments.append(.word(word)) }
    }

    /// A word of several pieces holds only values that are plain characters.
    mutating func checkJoints(of word: Word) {
        guard word.pieces.count > 1, !endsCondition(word) else { return }
        for hole in word.holes {
            guard let type = holes[hole.head.offset], !type.joinsLiterals else { continue }
            let message =
                "'\(hole.description)' is \(type.description), which must be a whole argument: "
                + "it can't be joined to other text"
            report(source.error("joined", message, at: hole.head.offset))
        }
    }

    /// nginx takes the `)` off the last argument of `if`, with or without a space before it.
    func endsCondition(_ word: Word) -> Bool {
        guard name?.literal == "if", word.pieces.count == 2 else { return false }
        guard case .hole = word.pieces[0], case .literal(")") = word.pieces[1] else { return false }
        return true
    }
}

extension Diagnostic {
    fileprivate static func braceAfterHole(at offset: Int, in source: SourceText) -> Diagnostic {
        source.error("joined", "a space must stand between a hole and '{'", at: offset)
    }
}
