import ArgumentParser
import Diagnostics
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
              postern migrate --cluster --context production
              postern migrate --values ingress-nginx-values.yaml deploy/
              kubectl get ingress,ingressclass,service,endpointslice,secret,configmap,deployment,daemonset -A -o yaml \
            | postern migrate --observed -
              postern migrate --format json deploy/ | jq .routes

            With --compare two running controllers, OLD and NEW, are sent the requests that tell routes apart. Each \
            difference is known from a setting in use, wanted, because Postern does on purpose what the manifest says, or \
            unexplained, which makes the command exit with 1.

              postern migrate --compare http://192.0.2.10 http://192.0.2.20 deploy/
              postern migrate --compare https://192.0.2.10 https://192.0.2.20 --rate 5 --max-requests 200 deploy/

            Exits with 0 where Postern is ready to take over, with 1 where something needs work (--exit-code sets another \
            limit), with 2 where the manifests could not be read.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case markdown
        case html
    }

    enum Reason: String, ExpressibleByArgument, CaseIterable {
        case never
        case work
        case differences
    }

    @OptionGroup(title: "Translation") var translation: TranslationOptions
    @OptionGroup(title: "Rendering") var rendering: RenderingOptions
    @OptionGroup(title: "Input") var input: InputOptions

    @Flag(
        name: .customLong("cluster"),
        help: "Read the objects of a cluster, once, in place of files; what may not be read is taken to be there."
    )
    var readsCluster = false

    @OptionGroup(title: "Cluster") var cluster: ClusterOptions

    @OptionGroup(title: "Comparison") var comparing: CompareOptions

    @Option(
        help: ArgumentHelp(
            "How to print the report.",
            discussion: """
                text is for people, json for programs, markdown for a wiki or a comment, html a page for a browser, which \
                needs no other file.
                """,
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
        if comparing.isOn {
            guard paths.count >= 2 else { throw ValidationError("--compare takes OLD, NEW and paths of manifests.") }
            for text in paths.prefix(2) where ComparedAddress(text) == nil {
                throw ValidationError("'\(text)' is no address of a controller, such as http://192.0.2.1.")
            }
            guard [.text, .json].contains(format) else { throw ValidationError("--compare prints text and json.") }
        }
        guard readsCluster else {
            if cluster.isGiven { throw ValidationError("Options of a cluster are for --cluster.") }
            if manifestPaths.isEmpty, valuesFiles.isEmpty || comparing.isOn {
                throw ValidationError("Missing expected argument '<path> ...'.")
            }
            return
        }
        if !manifestPaths.isEmpty { throw ValidationError("--cluster reads the cluster, and no paths.") }
        if cluster.watchNamespaceSelector != nil {
            throw ValidationError("--cluster reads all namespaces, or the one of --watch-namespace.")
        }
    }

    func run() async throws {
        let (report, result) = try await report()
        if comparing.isOn { return try await compare(report) }
        switch format {
        case .text: Terminal.print(report.text)
        case .json: Terminal.print(try MigrationRecord(report).printedJSON())
        case .markdown: Terminal.print(report.markdown)
        case .html: Terminal.print(MigrationPage(report: report).text)
        }
        Terminal.printError("\(result.survey.text): \(DiagnosticReport.summary(result.diagnostics))")
        if isFailure(report) { throw ExitCode.findings }
    }

    /// The report on the input, and what the input came to.
    func report() async throws -> (MigrationReport, Pipeline.Result) {
        var content = try await content()
        let fileCount = content.manifests.files.count + valuesFiles.count
        let setup = try OldSetup(&content.manifests, values: ManifestLoader.load(valuesFiles))
        var input = input
        if readsCluster { input.observed = true }
        let plain = try await Pipeline(
            translation,
            rendering,
            input,
            fallbackCertificate: FallbackCertificate.load()
        )
        var settings = setup.adjusting(plain.settings, beside: translation)
        settings.globalConfigMap =
            settings.globalConfigMap ?? OldSetup.likelyConfigMap(in: content.manifests.files)
        if !content.forbidden.isEmpty { settings.assumesMissingObjects = true }
        var result = Pipeline(settings: settings, renderer: plain.renderer).run(content.manifests) { snapshot in
            setup.addConfigMaps(to: &snapshot)
            if readsCluster { snapshot.removePlaces() }
        }
        // Values are files as well, and what an API server has sent is none.
        result.survey.files = readsCluster ? 0 : fileCount
        for index in result.diagnostics.indices where readsCluster { result.diagnostics[index].position = nil }
        guard !result.isEmpty || !setup.values.isEmpty || !setup.strangers.isEmpty || readsCluster else {
            throw CommandFailure("the input is empty: there is nothing to look at")
        }
        return (MigrationReport(of: result, settings: settings, setup, forbidden: content.forbidden), result)
    }

    private func content() async throws(CommandFailure) -> ClusterInput.Content {
        guard !readsCluster else { return try await ClusterInput(cluster).content() }
        return ClusterInput.Content(manifests: try ManifestLoader.load(manifestPaths))
    }

    /// The paths without the addresses of a comparison.
    private var manifestPaths: [String] { comparing.isOn ? Array(paths.dropFirst(2)) : paths }

    private func compare(_ report: MigrationReport) async throws {
        let comparison = try await comparison(of: report)
        switch format {
        case .text, .markdown, .html: Terminal.print(comparison.text)
        case .json: Terminal.print(try ComparisonRecord(comparison).printedJSON())
        }
        let count =
            reason == .differences
            ? comparison.differences.count : comparison.differences(of: .unexplained).count
        if reason != .never, count > 0 { throw ExitCode.findings }
    }

    /// What two running controllers answer to the requests that tell the routes of a report apart.
    func comparison(of report: MigrationReport) async throws -> ComparisonReport {
        guard let old = paths.first.flatMap(ComparedAddress.init),
            let new = paths.dropFirst().first.flatMap(ComparedAddress.init)
        else { throw CommandFailure("--compare takes OLD and NEW") }
        return try await Comparison(old: old, new: new, options: comparing).run(report)
    }

    private func isFailure(_ report: MigrationReport) -> Bool {
        switch reason {
        case .never: false
        case .work: !report.isReady
        case .differences: report.hasDifferences
        }
    }
}
