import ArgumentParser

/// `postern check`: findings only.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what is wrong with manifests.",
        discussion: """
            Prints each finding with its place, and what it does to traffic. Exits with 0 where there is none but \
            notes, with 1 where there is a warning or an error, with 2 where the manifests could not be read.

              postern check deploy/
              postern check --format json deploy/ | jq .
            """
    )

    @OptionGroup(title: "What to serve") var translation: TranslationOptions
    @OptionGroup(title: "How to write it") var rendering: RenderingOptions

    @Option(help: ArgumentHelp("How to print findings: text or json.", valueName: "format"))
    var format: DiagnosticReport.Format = .text

    @Argument(
        help: ArgumentHelp("Files or folders of manifests, in YAML or JSON; - is standard input.", valueName: "path")
    )
    var paths: [String]

    func run() async throws {
        let pipeline = try await Pipeline(translation, rendering, fallbackCertificate: FallbackCertificate.load())
        let diagnostics = pipeline.run(try ManifestLoader.load(paths)).diagnostics
        switch format {
        case .json: Terminal.print(try DiagnosticReport.json(diagnostics))
        case .text:
            if !diagnostics.isEmpty { Terminal.print(DiagnosticReport.text(diagnostics)) }
            if let summary = DiagnosticReport.summary(diagnostics) { Terminal.printError(summary) }
        }
        if diagnostics.hasFindings { throw ExitCode.findings }
    }
}
