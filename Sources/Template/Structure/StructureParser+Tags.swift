import Diagnostics

extension StructureParser {
    /// Reads a tag that brings whole directives.
    mutating func read(_ tag: String, _ statement: Statement, at offset: Int, isAlone: Bool) {
        guard checkTagMayStand(at: offset) else { return }
        if name != nil || place == .arguments || lexer.isTouching {
            let message = "\(tag) brings whole directives, and can't stand inside of one"
            report(source.error("include", message, at: offset))
        } else if !isAlone {
            report(source.error("include", "\(tag) must stand alone on its line", at: offset))
        } else {
            statements.append(statement)
        }
    }

    mutating func checkTagMayStand(at offset: Int) -> Bool {
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

    mutating func readBranches(_ bodies: [[TemplateNode]], at offset: Int, isLoop: Bool) {
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
    mutating func pardon(_ branches: [StructureParser]) {
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

    mutating func readArguments(
        _ body: [TemplateNode],
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

    init(_ outer: StructureParser, place: Place) {
        self.init(source: outer.source, holes: outer.holes, place: place)
    }

    func reading(_ nodes: [TemplateNode]) -> StructureParser {
        var parser = self
        parser.read(nodes)
        parser.end()
        return parser
    }

    mutating func adopt(_ diagnostics: [Diagnostic]) {
        diagnostics.forEach { report($0) }
    }
}
