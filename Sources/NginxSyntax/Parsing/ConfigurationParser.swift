/// Reads configurations by nginx's own lexical rules, whatever the directives mean.
package enum ConfigurationParser {
    /// Returns the directives outside of all blocks, with what stands inside of them.
    ///
    /// - Parameter depth: How many blocks may stand within each other: whoever walks through them, or lets them go, needs as
    ///   deep a stack.
    package static func parse(_ bytes: [UInt8], within depth: Int = .max) throws(ConfigurationSyntaxError)
        -> [Directive]
    {
        var lexer = ConfigurationLexer(bytes)
        var directives: [Directive] = []
        // The blocks that are open, from the outermost to the innermost, each with its earlier neighbours.
        var openBlocks: [(directive: Directive, before: [Directive])] = []
        while true {
            let statement = try lexer.nextStatement()
            switch statement.ending {
            case .semicolon:
                directives.append(Directive(statement))
            case .openingBrace:
                if statement.holdsCode {
                    var directive = Directive(statement)
                    directive.code = try lexer.nextCode()
                    directive.block = []
                    directives.append(directive)
                    continue
                }
                guard openBlocks.count < depth else { throw lexer.error("too many blocks within each other") }
                openBlocks.append((Directive(statement), directives))
                directives = []
            case .closingBrace:
                guard var (closed, before) = openBlocks.popLast() else { throw lexer.error("unexpected \"}\"") }
                closed.block = directives
                before.append(closed)
                directives = before
            case .endOfFile:
                guard openBlocks.isEmpty else { throw lexer.error("unexpected end of file, expecting \"}\"") }
                return directives
            }
        }
    }
}

extension Directive {
    fileprivate init(_ statement: ConfigurationLexer.Statement) {
        self.init(statement.words.first ?? "", Array(statement.words.dropFirst()), line: statement.line)
    }
}
