import Diagnostics

/// A template whose tags are matched; its names mean nothing yet.
struct ParsedTemplate: Sendable {
    let name: String
    let source: SourceText
    /// The type that its first line names.
    let context: Name?
    let nodes: [TemplateNode]
    /// The findings about its tags.
    let diagnostics: [Diagnostic]

    init(_ template: TemplateSource) {
        name = template.name
        // Parts are whole lines.
        let text = template.text.hasSuffix("\n") ? template.text : template.text + "\n"
        source = SourceText(file: template.file, text: text)
        let lexer = Lexer(source)
        var parser = Parser(lexer.tokens, of: source)
        nodes = parser.parse()
        context = parser.context
        diagnostics = lexer.diagnostics + parser.diagnostics
    }
}
