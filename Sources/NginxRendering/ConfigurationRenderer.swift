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
    /// Whether the templates are those by which nginx reads certificates when clients come.
    private let namesLiveCertificates: Bool

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
        namesLiveCertificates = !overrides.contains {
            ["nginx", "server", "tls", "declaration", "location"].contains($0.name)
        }
    }

    /// Renders a configuration whole.
    package func render(_ configuration: Configuration) -> Generation {
        var cache = RenderingCache()
        let text = template.render(context(of: configuration, &cache))
        return generation(of: configuration, text, ContentDigest(of: text.bytes), &cache)
    }

    /// Renders what has changed since the last time, and takes the rest from the cache.
    package func render(_ configuration: Configuration, cache: inout RenderingCache) -> Generation {
        let known = cache.digest
        let text = text(of: configuration, cache: &cache)
        let digest = ContentDigest(of: text.bytes, after: known, copies: cache.parts.copies)
        cache.digest = digest
        return generation(of: configuration, text, digest, &cache)
    }

    /// Renders the text of `nginx.conf` alone, likewise.
    package func text(of configuration: Configuration, cache: inout RenderingCache) -> RenderedText {
        let context = context(of: configuration, &cache)
        // The text that it is of is replaced.
        cache.digest = nil
        return template.render(context, cache: &cache.parts)
    }

    private func context(of configuration: Configuration, _ cache: inout RenderingCache) -> ConfigurationContext {
        ConfigurationContext(
            configuration,
            capabilities,
            liveCertificates: liveCertificates(in: configuration),
            &cache.contexts
        )
    }

    /// The place of certificates that nginx reads when clients come; `nil` where it reads them while it starts.
    private func liveCertificates(in configuration: Configuration) -> LiveCertificates? {
        // nginx asks whether certificates are revoked for those alone that it has read while it started.
        guard let certificates = configuration.process.liveCertificates, namesLiveCertificates,
            !configuration.settings.tls.staples
        else { return nil }
        guard let threshold = certificates.threshold else { return certificates }
        let isWorthIt = capabilities.hasCertificateCache && configuration.certificateCount >= threshold
        return isWorthIt ? certificates : nil
    }

    private func generation(
        of configuration: Configuration,
        _ text: RenderedText,
        _ digest: ContentDigest,
        _ cache: inout RenderingCache
    ) -> Generation {
        let main = Generation.File(path: "nginx.conf", content: .text(text.bytes), digest: digest)
        let files = cache.files(
            of: configuration.privateFiles,
            certificatesAreLive: liveCertificates(in: configuration) != nil
        )
        return Generation(main, files, origins: text.origins) { id in
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
