import ArgumentParser
import IngressTranslation

/// `postern migrate`: what becomes of a team's ingress-nginx.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report what becomes of a team's ingress-nginx.",
        discussion: """
            Prints in one line whether Postern can take over, then each annotation, ConfigMap key, flag of the controller \
            and port for TCP or UDP in use, where, and whether it does what it does in ingress-nginx, then the routes that \
            Postern answers differently, each with a request that shows it where one is known.

            Flags are those of a Deployment or DaemonSet of ingress-nginx in the input, or of values of its Helm chart; \
            what they say of the class, the ConfigMap and the default backend counts where no option says otherwise.

              postern migrate deploy/ ingress-nginx/
              postern migrate --values ingress-nginx-values.yaml deploy/
              kubectl get ingress,ingressclass,service,endpointslice,secret,configmap,deployment,daemonset -A -o yaml \
            | postern migrate --observed -
              postern migrate --format json deploy/ | jq .routes

            Exits with 0 where Postern is ready to take over, with 1 where something needs work (--exit-code sets another \
            limit), with 2 where the manifests could not be read.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case markdown
    }

    enum Reason: String, ExpressibleByArgument, CaseIterable {
        case never
        case work
        case differences
    }

    @OptionGroup(title: "Translation") var translation: TranslationOptions
    @OptionGroup(title: "Rendering") var rendering: RenderingOptions
    @OptionGroup(title: "Input") var input: InputOptions

    @Option(
        help: ArgumentHelp(
            "How to print the report: text for people, json for programs, markdown for a wiki or a comment.",
            valueName: "format"
        )
    )
    var format: Format = .text

    @Option(
        name: .customLong("exit-code"),
        help: ArgumentHelp("What makes the command exit with 1: never, work or differences.", valueName: "reason")
    )
    var reason: Reason = .work

    @Option(
        name: .customLong("values"),
        help: ArgumentHelp(
            "Values of ingress-nginx's Helm chart, which a path may have as well; may be repeated.",
            valueName: "file"
        )
    )
    var valuesFiles: [String] = []

    @Argument(
        help: ArgumentHelp("Files or folders of manifests, in YAML or JSON; - is standard input.", valueName: "path")
    )
    var paths: [String] = []

    func validate() throws {
        if paths.isEmpty, valuesFiles.isEmpty { throw ValidationError("Missing expected argument '<path> ...'.") }
    }

    func run() async throws {
        let (report, result) = try await report()
        switch format {
        case .text: Terminal.print(report.text)
        case .json: Terminal.print(try MigrationRecord(report).printedJSON())
        case .markdown: Terminal.print(report.markdown)
        }
        Terminal.printError("\(result.survey.text): \(DiagnosticReport.summary(result.diagnostics))")
        if isFailure(report) { throw ExitCode.findings }
    }

    /// The report on the input, and what the input came to.
    func report() async throws -> (MigrationReport, Pipeline.Result) {
        var loaded = try ManifestLoader.load(paths)
        let setup = try OldSetup(&loaded, values: ManifestLoader.load(valuesFiles))
        let plain = try await Pipeline(
            translation,
            rendering,
            input,
            fallbackCertificate: FallbackCertificate.load()
        )
        let settings = setup.adjusting(plain.settings, beside: translation)
        let result = Pipeline(settings: settings, renderer: plain.renderer).run(loaded, beside: setup.configMaps)
        guard !result.isEmpty || !setup.values.isEmpty else {
            throw CommandFailure("the input is empty: there is nothing to look at")
        }
        return (MigrationReport(of: result, settings: settings, setup), result)
    }

    private func isFailure(_ report: MigrationReport) -> Bool {
        switch reason {
        case .never: false
        case .work: !report.isReady
        case .differences: report.hasDifferences
        }
    }
}
