import ArgumentParser
import Diagnostics
import IngressTranslation
import Manifests
import NginxControl

/// `postern check`: findings only.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report findings about manifests.",
        discussion: """
            Prints each finding with its place, and what it does to traffic, then the annotations that have no \
            effect; what was looked at goes to standard error. Exits with 0 where there is none but notes, with 1 \
            where there is a warning or an error (--fail-on sets another limit), with 2 where the manifests could not be read, or nothing could be \
            proven.

              postern check deploy/
              helm template chart/ | postern check -
              postern check --verbose deploy/
              postern check --prove deploy/
              postern check --format json deploy/ | jq .
              postern check --format json deploy/ > known.json; postern check --baseline known.json deploy/
              postern check --fix deploy/
              postern check --explain path-taken

            The file .postern.yaml, at or above the paths, holds what every check of a repository needs.

            --prove starts the nginx of this machine on Unix sockets in a temporary folder, with an echo in place \
            of every backend, and sends it requests at and around each host and path. It reports what nginx \
            refuses, and what nginx would send elsewhere than the manifests say. No request leaves the machine or \
            reaches a backend, no port is taken, and nothing is left behind.
            """
    )

    @OptionGroup(title: "Translation") var translation: TranslationOptions
    @OptionGroup(title: "Rendering") var rendering: RenderingOptions
    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Findings") var report: ReportOptions

    @OptionGroup(title: "Findings that count") var counting: CheckOptions

    @Option(
        help: ArgumentHelp(
            "How to print findings.",
            discussion: """
                text is for people, json for programs, sarif for code scanning, junit for CI servers, github for \
                annotations by a workflow of GitHub.
                """,
            valueName: "format"
        )
    )
    var format: DiagnosticReport.Format = .text

    @Flag(help: "Prove the configuration of the manifests on a real nginx.")
    var prove = false

    @Option(
        name: .customLong("nginx"),
        help: ArgumentHelp("The nginx to prove with; without it the one on this machine.", valueName: "path")
    )
    var nginxPath: String?

    @Flag(
        help: ArgumentHelp(
            "Rewrite Ingresses of v1beta1 in the files as networking.k8s.io/v1, and check what comes of it.",
            discussion: """
                Comments, order and quotes stay, and nothing else of a file changes. What is not certain to say the \
                same is left as it is.
                """
        )
    )
    var fix = false

    @Option(
        name: .customLong("explain"),
        help: ArgumentHelp(
            "Print the cause of findings with a code, their effect on traffic and the remedy; all prints every code.",
            valueName: "code"
        )
    )
    var explained: String?

    @Argument(
        help: ArgumentHelp("Files or folders of manifests, in YAML or JSON; - is standard input.", valueName: "path")
    )
    var paths: [String] = []

    func validate() throws {
        if explained != nil {
            guard paths.isEmpty else { throw ValidationError("--explain takes no path.") }
            guard [.text, .json].contains(format) else { throw ValidationError("--explain prints text or json.") }
        } else {
            guard !paths.isEmpty else { throw ValidationError("Missing expected argument '<path> ...'") }
        }
        guard !fix || !paths.contains("-") else { throw ValidationError("--fix rewrites files; - is none.") }
        if nginxPath != nil, !prove { throw ValidationError("--nginx is for --prove.") }
    }

    func run() async throws {
        if let explained { return try explain(explained) }
        let settings = try RepositorySettings.find(for: paths)
        var (translation, input) = (translation, input)
        settings.complete(&translation, &input)
        let nginx = prove ? try await ProvingNginx(at: nginxPath, for: rendering) : nil
        let pipeline = try await Pipeline(
            translation,
            rendering,
            input,
            for: nginx?.capabilities,
            fallbackCertificate: FallbackCertificate.load()
        )
        let (result, outdated) = try result(of: pipeline)
        let proof = try await nginx?.prove(result, of: pipeline)
        let filter = counting.filter(settings, for: paths, isProven: proof != nil)
        let further =
            FurtherChecks(result: result, settings: pipeline.settings).findings + outdated + (proof?.findings ?? [])
        let findings = (settings.findings + result.diagnostics).inOrder(with: further)
        let diagnostics = try filter.select(findings, of: result)
        let limit = counting.failure ?? settings.failure ?? .warning
        try show(diagnostics, of: result, failingAt: limit)
        Terminal.printError("\(result.survey.text): \(DiagnosticReport.summary(diagnostics))")
        if let nginx, let proof { Terminal.printError(nginx.summary(of: proof)) }
        if diagnostics.contains(where: { $0.severity.isAtLeast(limit) }) { throw ExitCode.findings }
    }

    /// What comes of the files, once they are fixed, and findings about objects that are outdated.
    private func result(of pipeline: Pipeline) throws -> (Pipeline.Result, outdated: [Diagnostic]) {
        var manifests = try ManifestLoader.load(paths)
        let result = try pipeline.result(of: manifests, at: paths)
        // A cluster has taken what it prints.
        guard fix || pipeline.settings.readsManifests else { return (result, []) }
        let outdated = OutdatedManifests(manifests.files, besides: result.passedOver)
        guard fix, !outdated.fixes.isEmpty else { return (result, outdated.findings) }
        for fix in outdated.fixes {
            try FileFixer.write(fix.file)
            let objects = fix.count == 1 ? "1 object" : "\(fix.count) objects"
            Terminal.printError("\(fix.file.name.printable): \(objects) rewritten as \(OutdatedObject.current)")
            for index in manifests.files.indices where manifests.files[index].name == fix.file.name {
                manifests.files[index] = fix.file
            }
        }
        let fixed = try pipeline.result(of: manifests, at: paths)
        return (fixed, OutdatedManifests(manifests.files, besides: fixed.passedOver).findings)
    }

    private func show(
        _ diagnostics: [Diagnostic],
        of result: Pipeline.Result,
        failingAt limit: Diagnostic.Severity
    ) throws {
        let selection = FindingSelection(report)
        switch format {
        case .json: Terminal.print(try DiagnosticReport.json(selection.all(diagnostics, of: result)))
        case .sarif:
            let findings = selection.all(diagnostics, of: result)
            Terminal.print(try SARIFReport(findings, version: PosternCommand.configuration.version).printedJSON())
        case .junit:
            let findings = selection.all(diagnostics, of: result)
            Terminal.print(JUnitReport(findings: findings) { $0.severity.isAtLeast(limit) }.text)
        case .github:
            let lines = selection.short(diagnostics, of: result).map { GitHubAnnotation($0).line }
            if !lines.isEmpty { Terminal.print(lines.joined(separator: "\n")) }
        case .text:
            let reported = selection.short(diagnostics, of: result)
            if !reported.isEmpty { Terminal.print(DiagnosticReport.text(reported)) }
            if let tally = AnnotationTally(diagnostics).text { Terminal.print("\n\(tally)") }
        }
    }

    private func explain(_ code: String) throws {
        let explanations = try CodeExplanation.named(code)
        switch format {
        case .json: Terminal.print(try explanations.printedJSON())
        default: Terminal.print(explanations.map(\.text).joined(separator: "\n"))
        }
    }
}
