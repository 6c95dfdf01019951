import Diagnostics
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Template
import Testing

/// A renderer of the built-in templates, some of them replaced.
func renderer(
    _ version: NginxVersion = NginxVersion(1, 22, 1),
    overrides: [TemplateSource] = []
) throws -> ConfigurationRenderer {
    var diagnostics: [Diagnostic] = []
    let renderer = ConfigurationRenderer(
        for: NginxCapabilities(version: version),
        overrides: overrides,
        diagnostics: &diagnostics
    )
    #expect(diagnostics == [])
    return try #require(renderer)
}

extension Generation {
    /// The directives of nginx.conf, as nginx's lexer reads them.
    func directives() throws -> [Directive] {
        try ConfigurationParser.parse(files.first { $0.path == "nginx.conf" }?.content.bytes ?? [])
    }
}

extension [Directive] {
    /// Every directive, those within blocks after the one that holds them.
    var flattened: [Directive] { flatMap { [$0] + ($0.block ?? []).flattened } }

    /// The directives of a name, wherever they stand.
    func named(_ name: String) -> [Directive] { flattened.filter { $0.name == name } }
}

extension Directive {
    /// The name and the arguments, without a block.
    var words: [String] { [name] + arguments }
}
