import Diagnostics

/// Matches `{% for %}`, `{% if %}`, `{% else %}`, `{% switch %}` and `{% case %}` with their `{% end %}`.
struct Parser {
    let source: SourceText
    private(set) var context: Name?
    private(set) var diagnostics: [Diagnostic] = []
    var tokens: ArraySlice<Token>
    /// The first tag or text has been seen, so it is too late for `{% template %}`.
    private var hasBegun = false

    init(_ tokens: [Token], of source: SourceText) {
        self.source = source
        self.tokens = tokens[...]
    }

    /// The reason that a list of nodes ended.
    enum Ending {
        case end, otherwise, endOfFile
        case branch(Tag.Branch)
    }

    mutating func parse() -> [TemplateNode] {
        var nodes: [TemplateNode] = []
        while true {
            let (more, ending) = parseNodes()
            nodes += more
            switch ending.reason {
            case .endOfFile:
                if context == nil { diagnostics.append(.missingTemplateTag(in: source)) }
                return nodes
            case .end: report("unexpected", "'end' has no 'for', 'if' or 'switch' to close", at: ending.offset)
            case .otherwise: report("unexpected", "'else' stands in no 'if'", at: ending.offset)
            case .branch: report("unexpected", "'case' stands in no 'switch'", at: ending.offset)
            }
        }
    }

    mutating func parseNodes() -> (nodes: [TemplateNode], ending: (reason: Ending, offset: Int)) {
        var nodes: [TemplateNode] = []
        while let token = tokens.popFirst() {
            defer { hasBegun = true }
            switch token.kind {
            case .comment: break
            case .text: nodes.append(parseOptionalLine(from: token) ?? .text(TemplateNode.Text(token)))
            case .hole:
                if let path = parseHole(token) { nodes.append(.hole(path)) }
            case .tag:
                guard let tag = Tag(token, in: source, diagnostics: &diagnostics) else {
                    skipBody(of: token)
                    continue
                }
                switch tag {
                case .end: return (nodes, (.end, token.range.lowerBound))
                case .otherwise: return (nodes, (.otherwise, token.range.lowerBound))
                case .branch(let branch): return (nodes, (.branch(branch), token.range.lowerBound))
                case .template(let name): declare(name)
                default: nodes.append(parseBlock(tag, token))
                }
            }
        }
        return (nodes, (.endOfFile, source.bytes.count))
    }

    /// Passes over what a malformed `for` or `if` encloses, so that its `end` is not reported as well.
    private mutating func skipBody(of token: Token) {
        guard let keyword = Words(token.content, in: source).words.first else { return }
        switch keyword.text {
        case "for", "foreach": _ = parseBody(of: "for", token.range.lowerBound)
        case "if", "unless": _ = parseBranches(token.range.lowerBound)
        case "switch": _ = parseCases(token.range.lowerBound)
        default: break
        }
    }

    mutating func parseHole(_ token: Token) -> Path? {
        let words = Words(token.content, in: source)
        if let path = words.onlyPath { return path }
        let message =
            words.words.isEmpty
            ? "this hole is empty"
            : words.optionalPath != nil
                ? "'?' drops a whole line, and a tag stands on this one: use {% if let %}"
                : "a hole holds only a path of fields, such as {{ certificate.path }}: no calls, filters or literals"
        report("syntax", message, at: words.words.first?.offset ?? token.range.lowerBound)
        return nil
    }

    private mutating func declare(_ name: Name) {
        if context != nil {
            report("duplicate-template", "the type of this template is named twice", at: name.offset)
        } else if hasBegun {
            report("misplaced-template", "'template' must be on the first line", at: name.offset)
            context = name
        } else {
            context = name
        }
    }

    /// Parses a tag that stands in the output, with all that it encloses.
    private mutating func parseBlock(_ tag: Tag, _ token: Token) -> TemplateNode {
        let offset = token.range.lowerBound
        switch tag {
        case .loop(let variable, let list):
            let body = parseBody(of: "for", offset)
            return .loop(TemplateNode.Loop(offset: offset, variable: variable, list: list, body: body))
        case .condition(let test):
            let (then, otherwise) = parseBranches(offset)
            return .condition(TemplateNode.Condition(offset: offset, test: test, then: then, otherwise: otherwise))
        case .choice(let path):
            return .choice(TemplateNode.Choice(offset: offset, choice: path, branches: parseCases(offset)))
        case .settings(let path):
            return .settings(TemplateNode.Settings(path: path, offset: offset, indentation: token.indentation))
        case .include(let template, let record):
            let indentation = token.indentation
            return .include(
                TemplateNode.Include(offset: offset, template: template, record: record, indentation: indentation)
            )
        case .template, .otherwise, .branch, .end:
            preconditionFailure("\(tag) opens nothing")
        }
    }

    private mutating func parseBody(of keyword: String, _ offset: Int) -> [TemplateNode] {
        var body: [TemplateNode] = []
        while true {
            let (nodes, ending) = parseNodes()
            body += nodes
            switch ending.reason {
            case .end: return body
            case .otherwise:
                report("unexpected", "this 'else' belongs to no 'if': a '\(keyword)' is open", at: ending.offset)
            case .branch: reportMisplacedCase(in: keyword, at: ending.offset)
            case .endOfFile:
                report("unclosed", "this '\(keyword)' has no {% end %}", at: offset)
                return body
            }
        }
    }

    private mutating func parseBranches(_ offset: Int) -> (then: [TemplateNode], otherwise: [TemplateNode]) {
        var then: [TemplateNode] = []
        while true {
            let (nodes, ending) = parseNodes()
            then += nodes
            switch ending.reason {
            case .end: return (then, [])
            case .otherwise: return (then, parseOtherwise(offset))
            case .branch: reportMisplacedCase(in: "if", at: ending.offset)
            case .endOfFile:
                report("unclosed", "this 'if' has no {% end %}", at: offset)
                return (then, [])
            }
        }
    }

    private mutating func parseOtherwise(_ offset: Int) -> [TemplateNode] {
        var otherwise: [TemplateNode] = []
        while true {
            let (nodes, ending) = parseNodes()
            otherwise += nodes
            switch ending.reason {
            case .end: return otherwise
            case .otherwise: report("unexpected", "this 'if' has an 'else' already", at: ending.offset)
            case .branch: reportMisplacedCase(in: "if", at: ending.offset)
            case .endOfFile:
                report("unclosed", "this 'if' has no {% end %}", at: offset)
                return otherwise
            }
        }
    }

    private mutating func reportMisplacedCase(in keyword: String, at offset: Int) {
        report("unexpected", "this 'case' belongs to no 'switch': '\(keyword)' is open", at: offset)
    }

    mutating func report(_ code: String, _ message: String, at offset: Int) {
        diagnostics.append(source.error(code, message, at: offset))
    }
}

extension Diagnostic {
    fileprivate static func missingTemplateTag(in source: SourceText) -> Diagnostic {
        let message = "the first line must name the type whose fields are in scope: {% template Server %}"
        return source.error("missing-template", message, at: 0)
    }
}
