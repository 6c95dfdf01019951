package import Diagnostics
package import NginxSyntax
package import ProxyConfiguration
package import Template
import Templates

/// Turns configurations into the files that nginx reads, through the templates.
///
/// Its templates are checked when it is made, so rendering cannot fail.
package struct ConfigurationRenderer: Sendable {
    private let template: CheckedTemplate<ConfigurationContext>
    private let mark: CheckedTemplate<GenerationMark>
    package let capabilities: NginxCapabilities

    /// Checks the templates: those built in, each replaced by one of `overrides` with its name.
    ///
    /// Returns `nil`, after appending what is wrong with them, where one is.
    package init?(
        for capabilities: NginxCapabilities,
        overrides: [TemplateSource] = [],
        diagnostics: inout [Diagnostic]
    ) {
        var sources = BuiltInTemplates.all.map {
            TemplateSource(name: $0.name, file: "\($0.name).tmpl", text: $0.text)
        }
        for override in overrides {
            sources.removeAll { $0.name == override.name }
            sources.append(override)
        }
        let library = TemplateLibrary(sources, contexts: [ConfigurationContext.self, GenerationMark.self])
        let template = library.template(
            "nginx",
            for: ConfigurationContext.self,
            in: .main,
            diagnostics: &diagnostics
        )
        let mark = library.template("generation", for: GenerationMark.self, in: .server, diagnostics: &diagnostics)
        guard let template, let mark else { return nil }
        self.template = template
        self.mark = mark
        self.capabilities = capabilities
    }

    /// Renders a configuration whole.
    package func render(_ configuration: Configuration) -> Generation {
        var cache = RenderingCache()
        let context = ConfigurationContext(configuration, capabilities, &cache.contexts)
        return generation(of: configuration, template.render(context), &cache)
    }

    /// Renders what has changed since the last time, and takes the rest from the cache.
    package func render(_ configuration: Configuration, cache: inout RenderingCache) -> Generation {
        generation(of: configuration, text(of: configuration, cache: &cache), &cache)
    }

    /// Renders the text of `nginx.conf` alone, likewise.
    package func text(of configuration: Configuration, cache: inout RenderingCache) -> RenderedText {
        let context = ConfigurationContext(configuration, capabilities, &cache.contexts)
        return template.render(context, cache: &cache.parts)
    }

    private func generation(
        of configuration: Configuration,
        _ text: RenderedText,
        _ cache: inout RenderingCache
    ) -> Generation {
        let main = Generation.File(path: "nginx.conf", content: .text(text.bytes))
        let files = [main] + cache.files(of: configuration.privateFiles)
        return Generation(files: files, origins: text.origins) { id in
            guard configuration.status != nil, let id = Identifier(id) else { return nil }
            return mark.render(GenerationMark(id: id)).bytes
        }
    }
}

/// The fields that `generation.tmpl` can name.
struct GenerationMark: TemplateContext {
    static let name = "GenerationMark"

    /// The generation's id.
    var id: Identifier

    static let fields: [TemplateField<Self>] = [.argument("id") { $0.id }]
}
