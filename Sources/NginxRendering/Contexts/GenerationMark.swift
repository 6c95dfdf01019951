import NginxSyntax
import Template

/// The fields that `generation.tmpl` can name.
struct GenerationMark: TemplateContext {
    static let name = "GenerationMark"

    /// The generation's id.
    var id: Identifier

    static let fields: [TemplateField<Self>] = [.argument("id") { $0.id }]
}
