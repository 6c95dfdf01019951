import ArgumentParser

/// `postern diff`: what a change of manifests changes in the configuration.
struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what a change of manifests changes in the nginx configuration.",
        discussion: """
            Prints a unified diff of the two configurations; each hunk names the Ingress that it comes from. \
            Moved files and reordered lists change nothing. Keys are never printed: a changed certificate shows \
            as its new names, dates and fingerprint.

              git worktree add /tmp/main main && postern diff /tmp/main/deploy deploy

            Exits with 0 where nothing changes, with 1 where something does, with 2 where one side could not be read.
            """
    )

    @OptionGroup(title: "Translation") var translation: TranslationOptions
    @OptionGroup(title: "Rendering") var rendering: RenderingOptions
    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Findings") var report: ReportOptions

    @Argument(help: ArgumentHelp("The file or folder of manifests as it was; - is standard input.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The file or folder of manifests as it is now.", valueName: "new"))
    var new: String

    func validate() throws {
        guard old != "-" || new != "-" else { throw ValidationError("only one side can be standard input") }
    }

    func run() async throws {
        // One fallback certificate for both sides: it is none of the change.
        let pipeline = try await Pipeline(
            translation,
            rendering,
            input,
            fallbackCertificate: FallbackCertificate.load()
        )
        let before = pipeline.run(try ManifestLoader.load([old]))
        let after = pipeline.run(try ManifestLoader.load([new]))
        guard !before.isEmpty || !after.isEmpty else { throw CommandFailure("both sides are empty") }
        let diff = GenerationDiff(from: before, to: after)
        let text = diff.unified(oldName: old, newName: new)
        if !text.isEmpty { Terminal.print(text) }
        let reported = FindingSelection(report).short(after.diagnostics, of: after)
        if !reported.isEmpty { Terminal.printError(DiagnosticReport.text(reported)) }
        Terminal.printError(
            "\(before.survey.text), then \(after.survey.text): \(DiagnosticReport.summary(after.diagnostics))"
        )
        if !text.isEmpty { throw ExitCode.findings }
    }
}
