/// Lines with `{{ value? }}`: such a line falls away where the value is absent.
///
/// Each is an `if let` around the line, whose variable only the hole itself can name.
extension Parser {
    /// Parses the line that begins with `first`; `nil`, without taking anything, where nothing on it may be absent.
    mutating func parseOptionalLine(from first: Token) -> TemplateNode? {
        guard first.startsLine, !endsLine(first) else { return nil }
        let rest = restOfLine
        guard !rest.contains(where: { $0.kind == .tag }) else { return nil }
        var known: Set<String> = []
        let paths = rest.compactMap(optionalPath).filter { known.insert($0.description).inserted }
        guard !paths.isEmpty else { return nil }
        tokens = tokens.dropFirst(rest.count)
        let line = ([first] + rest).compactMap { parseInLine($0) }
        return paths.reversed().reduce(line) { body, path in
            let test = TemplateNode.Condition.Test.binding(path.lineVariable, path)
            return [.condition(TemplateNode.Condition(offset: path.head.offset, test: test, then: body, otherwise: []))]
        }.first
    }

    /// The tokens that follow on the same line.
    private var restOfLine: ArraySlice<Token> {
        tokens.firstIndex(where: endsLine).map { tokens[...$0] } ?? tokens
    }

    private func endsLine(_ token: Token) -> Bool {
        token.kind == .text && source.bytes[token.range].last == UInt8(ascii: "\n")
    }

    private func optionalPath(_ token: Token) -> Path? {
        token.kind == .hole ? Words(token.content, in: source).optionalPath : nil
    }

    private mutating func parseInLine(_ token: Token) -> TemplateNode? {
        guard token.kind == .hole else { return .text(TemplateNode.Text(token)) }
        if let path = optionalPath(token) {
            let variable = Name(text: path.lineVariable.text, offset: path.head.offset)
            return .hole(Path(head: variable, fields: []))
        }
        return parseHole(token).map { .hole($0) }
    }
}

extension Path {
    /// The variable that holds the value on its line; no template can name it.
    fileprivate var lineVariable: Name { Name(text: "\(description)?", offset: head.offset) }
}

extension Name {
    /// Whether this is the variable of a line that falls away.
    var dropsLine: Bool { text.hasSuffix("?") }
}
