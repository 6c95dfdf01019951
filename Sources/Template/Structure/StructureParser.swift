import Diagnostics
import NginxSyntax

/// Reads the directives that a template spells out, by nginx's own lexical rules.
///
/// A control tag splits the text: each branch must be whole directives or, inside a directive, whole arguments.
struct StructureParser {
    let source: SourceText
    let holes: [Int: ArgumentType]
    private(set) var diagnostics: [Diagnostic] = []

    private var lexer = WordLexer()
    private var blocks: [OpenBlock] = []
    /// The statements of the innermost open block.
    private var statements: [Statement] = []
    /// The name and the arguments of the directive that has not ended yet.
    private var name: Word?
    private var arguments: [Argument] = []
    /// A `;` or brace has stood in a branch inside this directive.
    private var branchEndsDirective = false
    private let place: Place
    /// The `}` that had no block to close in this branch.
    private var strayClosings = 0

    /// What is read: a whole template, a branch of directives, or a branch inside a directive.
    private enum Place {
        case template, statements, arguments
    }

    /// A block whose `}` has not come yet, and what stood before it.
    private struct OpenBlock {
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

    private init(source: SourceText, holes: [Int: ArgumentType], place: Place) {
        self.source = source
        self.holes = holes
        self.place = place
    }

    /// Reads a whole template.
    mutating func parse(_ nodes: [Node]) -> [Statement] {
        read(nodes)
        end()
        return statements
    }

    private mutating func read(_ nodes: [Node]) {
        for node in nodes {
            switch node {
            case .text(let text): read(text)
            case .hole(let path): read(path)
            case .loop(let loop): readBranches([loop.body], at: loop.offset, isLoop: true)
            case .condition(let condition):
                readBranches([condition.then, condition.otherwise], at: condition.offset, isLoop: false)
            case .include(let include): read(include)
            }
        }
    }
}

// MARK: Text and holes

extension StructureParser {
    private mutating func read(_ text: Node.Text) {
        for offset in text.range {
            let byte = source.bytes[offset]
            let wasQuoting = isQuoting
            if lexer.isAfterHole, byte == UInt8(ascii: "{") { report(.braceAfterHole(at: offset, in: source)) }
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

    private mutating func handle(_ event: WordLexer.Event, at offset: Int) {
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

    private mutating func read(_ path: Path) {
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

    private var isQuoting: Bool {
        if case .quoted = lexer.mode { true } else { false }
    }

    /// Adds the word before a separator to the directive.
    private mutating func takeWord() {
        guard let word = lexer.finishWord() else { return }
        checkJoints(of: word)
        if name == nil, place != .arguments { name = word } else { arguments.append(.word(word)) }
    }

    /// A word of several pieces holds only values that are plain characters.
    private mutating func checkJoints(of word: Word) {
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
    private func endsCondition(_ word: Word) -> Bool {
        guard name?.literal == "if", word.pieces.count == 2 else { return false }
        guard case .hole = word.pieces[0], case .literal(")") = word.pieces[1] else { return false }
        return true
    }
}

// MARK: Directives and blocks

extension StructureParser {
    private mutating func endDirective(at offset: Int) {
        guard place != .arguments else { return reportNotArgument(";", at: offset) }
        guard let name else {
            let message = "';' ends no directive"
            return report(source.error("syntax", message, at: offset))
        }
        statements.append(.directive(SpelledDirective(name: name, arguments: arguments, body: nil, end: offset)))
        self.name = nil
        arguments = []
        branchEndsDirective = false
    }

    private mutating func openBlock(at offset: Int) {
        guard place != .arguments else { return reportNotArgument("{", at: offset) }
        if name == nil { report(source.error("syntax", "'{' opens a block that has no name", at: offset)) }
        let block = OpenBlock(
            name: name ?? Word(offset: offset, pieces: []),
            arguments: arguments,
            brace: offset,
            before: statements
        )
        blocks.append(block)
        (name, arguments, statements) = (nil, [], [])
    }

    private mutating func closeBlock(at offset: Int) {
        guard place != .arguments else { return reportNotArgument("}", at: offset) }
        if let name { reportUnended(name) }
        (name, arguments) = (nil, [])
        guard let block = blocks.popLast() else {
            strayClosings += 1
            let place = place == .template ? "this template" : "this branch"
            let message = "'}' closes no block that \(place) opens"
            return report(source.error("unbalanced", message, at: offset))
        }
        let directive = SpelledDirective(
            name: block.name,
            arguments: block.arguments,
            body: statements,
            end: block.brace
        )
        statements = block.before + (block.isReported ? [] : [.directive(directive)])
    }

    /// Says what is unfinished at the end of a template or branch.
    private mutating func end() {
        if isQuoting {
            report(source.error("quotes", "this quoted argument is not closed", at: lexer.start ?? 0))
            return
        }
        takeWord()
        if let name { reportUnended(name) }
        for block in blocks where !block.isReported {
            let place = place == .template ? "this template" : "this branch"
            let message = "'\(block.name.description)' opens a block that \(place) does not close"
            report(source.error("unbalanced", message, at: block.name.offset))
        }
    }

    private mutating func reportUnended(_ name: Word) {
        // A branch that ends the directive has been reported.
        guard !branchEndsDirective else { return branchEndsDirective = false }
        let message = "'\(name.description)' is not ended by ';'"
        report(source.error("unended", message, at: name.offset))
    }

    private mutating func reportNotArgument(_ byte: String, at offset: Int) {
        branchEndsDirective = true
        let message = "'\(byte)' can't stand in a branch inside a directive, which adds only whole arguments"
        report(source.error("unbalanced", message, at: offset))
    }

    private mutating func report(_ diagnostic: Diagnostic) {
        if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
    }
}

// MARK: Control tags

extension StructureParser {
    private mutating func read(_ include: Node.Include) {
        guard checkTagMayStand(at: include.offset) else { return }
        if name != nil || place == .arguments || lexer.isTouching {
            let message = "an include brings whole directives, and can't stand inside of one"
            report(source.error("include", message, at: include.offset))
        } else if include.indentation == nil {
            report(source.error("include", "an include must stand alone on its line", at: include.offset))
        } else {
            statements.append(.include(include))
        }
    }

    private mutating func checkTagMayStand(at offset: Int) -> Bool {
        if lexer.mode == .comment {
            report(source.error("comment", "a tag can't stand in a comment of nginx", at: offset))
            return false
        }
        if isQuoting {
            report(source.error("quotes", "a tag can't stand inside quotes", at: offset))
            return false
        }
        return true
    }

    private mutating func readBranches(_ bodies: [[Node]], at offset: Int, isLoop: Bool) {
        guard checkTagMayStand(at: offset) else { return }
        let isTouching = lexer.isTouching
        takeWord()
        lexer = WordLexer()
        if name != nil || place == .arguments {
            let branches = bodies.map { readArguments($0, isTouching: isTouching, isLoop: isLoop) }
            arguments.append(isLoop ? .repeated(branches[0].arguments) : .choice(branches.map(\.arguments)))
            if isTouching || branches.contains(where: \.isTouching) { lexer.touch() }
        } else {
            let branches = bodies.map { StructureParser(self, place: .statements).reading($0) }
            branches.forEach { adopt($0.diagnostics) }
            statements.append(.branches(branches.map(\.statements)))
            pardon(branches)
        }
    }

    /// Takes what branches have left open or closed too much as reported, so that it is not reported again here.
    private mutating func pardon(_ branches: [StructureParser]) {
        let opened = branches.map(\.blocks.count).max() ?? 0
        let closed = branches.map(\.strayClosings).max() ?? 0
        for _ in 0..<opened {
            let name = Word(offset: 0, pieces: [])
            blocks.append(OpenBlock(name: name, arguments: [], brace: 0, before: statements, isReported: true))
            statements = []
        }
        for _ in 0..<min(closed, blocks.count) {
            statements = blocks.removeLast().before
        }
    }

    private mutating func readArguments(
        _ body: [Node],
        isTouching: Bool,
        isLoop: Bool
    ) -> (arguments: [Argument], isTouching: Bool) {
        var branch = StructureParser(self, place: .arguments)
        if isTouching { branch.lexer.touch() }
        branch.read(body)
        let leavesWord = branch.lexer.isTouching
        branch.end()
        // The second element comes right after the first.
        if isLoop, leavesWord, !isTouching {
            _ = readArguments(body, isTouching: true, isLoop: isLoop)
        }
        adopt(branch.diagnostics)
        if branch.branchEndsDirective { branchEndsDirective = true }
        return (branch.arguments, leavesWord)
    }

    private init(_ outer: StructureParser, place: Place) {
        self.init(source: outer.source, holes: outer.holes, place: place)
    }

    private func reading(_ nodes: [Node]) -> StructureParser {
        var parser = self
        parser.read(nodes)
        parser.end()
        return parser
    }

    private mutating func adopt(_ diagnostics: [Diagnostic]) {
        diagnostics.forEach { report($0) }
    }
}

extension Diagnostic {
    fileprivate static func braceAfterHole(at offset: Int, in source: SourceText) -> Diagnostic {
        source.error("joined", "a space must stand between a hole and '{'", at: offset)
    }
}
