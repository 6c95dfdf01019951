import ArgumentParser
import NginxControl
import NginxRendering

/// `postern render`: manifests in, a configuration out.
struct Render: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the nginx configuration of manifests.",
        discussion: """
            Prints nginx.conf, and findings to standard error. With --output it writes the configuration and the \
            certificates beside it instead: nginx -c FOLDER/nginx.conf serves it.

              postern render deploy/
              kubectl get ingress,ingressclass,service,endpointslice,secret,configmap -A -o yaml \
            | postern render --observed -

            Exits with 0, with 1 where something in the manifests is wrong (the rest is rendered all the same), \
            or with 2 where nothing could be rendered.
            """
    )

    @OptionGroup(title: "Translation") var translation: TranslationOptions
    @OptionGroup(title: "Rendering") var rendering: RenderingOptions
    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Findings") var report: ReportOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write every file of the configuration to this folder; keys are readable by their owner only, password files by "
                + "the group of nginx's workers as well.",
            valueName: "folder"
        )
    )
    var output: String?

    @Argument(
        help: ArgumentHelp("Files or folders of manifests, in YAML or JSON; - is standard input.", valueName: "path")
    )
    var paths: [String]

    func run() async throws {
        var (translation, input) = (translation, input)
        try RepositorySettings.find(for: paths).complete(&translation, &input)
        let pipeline = try await Pipeline(
            translation,
            rendering,
            input,
            fallbackCertificate: FallbackCertificate.load(from: output)
        )
        let result = try pipeline.result(of: paths)
        if let output {
            try GenerationWriter.write(
                result.generation,
                to: output,
                readableBy: WorkerGroup(of: pipeline.renderer.capabilities)
            )
        } else {
            Terminal.write(text: result.generation.configurationText)
        }
        let reported = FindingSelection(report).short(result.diagnostics, of: result)
        if !reported.isEmpty { Terminal.printError(DiagnosticReport.text(reported)) }
        Terminal.printError("\(result.survey.text): \(DiagnosticReport.summary(result.diagnostics))")
        if result.diagnostics.hasFindings { throw ExitCode.findings }
    }
}
