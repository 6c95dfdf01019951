import Diagnostics
import NginxSyntax
import Template
import Testing

/// The checked form of templates that have no errors.
func checked<Context: TemplateContext>(
    _ templates: KeyValuePairs<String, String>,
    for _: Context.Type,
    in block: DirectiveContext = .main
) throws -> CheckedTemplate<Context> {
    let sources = templates.map { TemplateSource(name: $0.key, file: "\($0.key).tmpl", text: $0.value) }
    let library = TemplateLibrary(sources, contexts: [Context.self])
    var diagnostics: [Diagnostic] = []
    let template = library.template(templates[0].key, for: Context.self, in: block, diagnostics: &diagnostics)
    try #require(diagnostics.map(\.message) == [])
    return try #require(template)
}

/// Renders a value by the first template; its `{% template %}` line is put in front.
func render<Context: TemplateContext>(
    _ context: Context,
    _ template: String,
    in block: DirectiveContext = .server
) throws -> String {
    let text = "{% template \(Context.name) %}\n" + template
    let rendered = try checked(["test": text], for: Context.self, in: block).render(context)
    return String(decoding: rendered.bytes, as: UTF8.self)
}

extension RenderedText {
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
