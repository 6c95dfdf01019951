import ArgumentParser
import Diagnostics
import NginxControl
import NginxRendering
package import NginxSyntax

/// The options that decide how a configuration is written.
package struct RenderingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The nginx to write for; without it the one on this machine, else 1.22.",
            valueName: "version"
        )
    )
    var nginxVersion: NginxVersion?

    @Option(
        help: ArgumentHelp(
            "A folder of templates (NAME.tmpl) that replace the built-in ones.",
            valueName: "folder"
        )
    )
    var templates: String?

    package init() {}

    /// The nginx to write for.
    package func capabilities() async -> NginxCapabilities {
        if let nginxVersion { return NginxCapabilities(version: nginxVersion) }
        return await NginxProgram()?.capabilities() ?? NginxCapabilities(version: NginxVersion(1, 22, 0))
    }

    /// Renders for an nginx, through the templates that the options name.
    func renderer(for capabilities: NginxCapabilities) throws(CommandFailure) -> ConfigurationRenderer {
        var diagnostics: [Diagnostic] = []
        let renderer = ConfigurationRenderer(
            for: capabilities,
            overrides: try templates.map(TemplateFolder.load) ?? [],
            diagnostics: &diagnostics
        )
        guard let renderer else { throw CommandFailure(diagnostics) }
        return renderer
    }
}
