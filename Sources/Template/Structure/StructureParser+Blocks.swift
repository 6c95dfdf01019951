import Diagnostics

extension StructureParser {
    mutating func endDirective(at offset: Int) {
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

    mutating func openBlock(at offset: Int) {
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

    mutating func closeBlock(at offset: Int) {
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
    mutating func end() {
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

    mutating func reportUnended(_ name: Word) {
        // A branch that ends the directive has been reported.
        guard !branchEndsDirective else { return branchEndsDirective = false }
        let message = "'\(name.description)' is not ended by ';'"
        report(source.error("unended", message, at: name.offset))
    }

    mutating func reportNotArgument(_ byte: String, at offset: Int) {
        branchEndsDirective = true
        let message = "'\(byte)' can't stand in a branch inside a directive, which adds only whole arguments"
        report(source.error("unbalanced", message, at: offset))
    }

    mutating func report(_ diagnostic: Diagnostic) {
        if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
    }
}
