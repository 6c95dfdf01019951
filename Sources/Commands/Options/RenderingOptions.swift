import ArgumentParser
import NginxControl
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
}
