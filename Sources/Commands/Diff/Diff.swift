import ArgumentParser
import Foundation
import NginxControl

/// `postern diff`: what a change of manifests does.
struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what a change of manifests does to traffic and to the nginx configuration.",
        discussion: """
            Prints how many routes change and how, then each of them with its Ingress, its place, and a request \
            whose answer changes; then findings that are new or gone; then a unified diff of the configuration, \
            each hunk of which names the Ingress that it comes from. Moved files and reordered lists change nothing. \
            Keys are never printed: a changed certificate shows as its new names, dates and fingerprint.

            A route that loses authentication, TLS or a list of addresses or admits more of them, one that another \
            namespace takes over, and a route for hosts that nobody names are marked with an exclamation mark: they are \
            dangers.

            --prove sends the requests that show changes through the nginx of this machine, on Unix sockets and with an \
            echo in place of every backend, before and after the change, and says whether nginx agrees.

              postern diff old/ new/
              postern diff --git main...HEAD deploy/
              postern diff --git HEAD deploy/
              helm template chart/ | postern diff deployed.yaml -
              helm template chart/ | postern diff --cluster -

            Exits with 0 where nothing changes, with 1 where something does, with 2 where one side could not be read, or \
            nothing could be proven.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case unified
        case json
        case markdown
        case github
        case html
    }

    enum Reason: String, ExpressibleByArgument, CaseIterable {
        case never
        case changes
        case danger
    }

    @OptionGroup(title: "Translation") var translation: TranslationOptions
    @OptionGroup(title: "Rendering") var rendering: RenderingOptions
    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Cluster") var cluster: ClusterOptions
    @OptionGroup(title: "Findings") var report: ReportOptions
    @OptionGroup(title: "Terminal") var terminal: TerminalOptions

    @Option(
        help: ArgumentHelp(
            "How to print the change.",
            discussion: """
                text is for people, unified the diff of nginx.conf alone, json for programs, markdown for a comment \
                at a pull request, github for annotations by a workflow of GitHub, html a page for a browser, which \
                needs no other file.
                """,
            valueName: "format"
        )
    )
    var format: Format = .text

    @Option(
        name: .customLong("exit-code"),
        help: ArgumentHelp("What makes the command exit with 1: never, changes or danger.", valueName: "reason")
    )
    var reason: Reason = .changes

    @Option(
        name: .customLong("git"),
        help: ArgumentHelp(
            "Compare two commits, BASE..HEAD, or a commit with the files as they are now, BASE; there is one path then.",
            discussion: "BASE...HEAD is what a branch changes: HEAD and the commit at which it has left BASE.",
            valueName: "range"
        )
    )
    var range: String?

    @Flag(
        name: .customLong("cluster"),
        help: ArgumentHelp(
            "Take what a cluster holds now for OLD, and for NEW the same with the manifests applied.",
            discussion: "The cluster is read once. What the manifests do not hold stays as it is."
        )
    )
    var readsCluster = false

    @Option(
        help: ArgumentHelp(
            "The state folder of a postern run: compare the files that serve with what NEW comes to.",
            discussion: """
                The folder keeps no manifests, so that no routes are compared. Without another --as, NEW is taken for all \
                there is; with --cluster it is what the cluster holds, and no path is named.
                """,
            valueName: "folder"
        )
    )
    var stateDir: String?

    @Flag(help: "Ask a real nginx whether the requests that show changes are answered as is said.")
    var prove = false

    @Option(
        name: .customLong("nginx"),
        help: ArgumentHelp("The nginx to prove with; without it the one on this machine.", valueName: "path")
    )
    var nginxPath: String?

    @Option(
        name: .customLong("traffic"),
        help: ArgumentHelp(
            "An access log: say how many of its requests get another answer.",
            discussion: """
                It is read in the format that OLD logs in (log-format-upstream of --configmap), or in the usual one of \
                ingress-nginx. That one names no host: a request counts where all hosts that pass it to its backend agree.
                """,
            valueName: "file"
        )
    )
    var log: String?

    @Argument(
        help: ArgumentHelp(
            "The file or folder of manifests as it was, then the one as it is now; - is standard input.",
            valueName: "path"
        )
    )
    var paths: [String] = []

    func validate() throws {
        if nginxPath != nil, !prove { throw ValidationError("--nginx is for --prove.") }
        try cluster.validate(isRead: readsCluster, input)
        if stateDir != nil {
            guard range == nil, paths.count == (readsCluster ? 0 : 1) else {
                throw ValidationError("--state-dir takes one path, NEW, or --cluster in its place.")
            }
            guard !prove, log == nil, [.text, .unified, .json].contains(format) else {
                throw ValidationError("--state-dir compares files, and no routes: see its help.")
            }
        } else if readsCluster {
            guard range == nil, paths.count == 1 else {
                throw ValidationError("--cluster takes one path, that of the manifests to apply.")
            }
        } else if let range {
            guard GitRange(range) != nil else { throw ValidationError("--git takes BASE, BASE..HEAD or BASE...HEAD.") }
            guard paths.count == 1, paths[0] != "-" else {
                throw ValidationError("--git takes one path in a repository.")
            }
        } else {
            guard paths.count == 2 else { throw ValidationError("Two paths are compared: OLD and NEW.") }
            guard paths != ["-", "-"] else { throw ValidationError("Only one side can be standard input.") }
        }
    }

    func run() async throws {
        if let stateDir { return try await compare(ServedGeneration(in: stateDir)) }
        let settings = try settings
        var (translation, input) = (translation, input)
        settings.complete(&translation, &input)
        // One fallback certificate for both sides: it is none of the change.
        let nginx = prove ? try await ProvingNginx(at: nginxPath, for: rendering) : nil
        let pipeline = try await Pipeline(
            translation,
            rendering,
            input,
            for: nginx?.capabilities,
            fallbackCertificate: FallbackCertificate.load()
        )
        let sides = try await sides(by: pipeline)
        let (before, after) = (sides.old.result, sides.new.result)
        guard !before.isEmpty || !after.isEmpty else {
            throw CommandFailure(range == nil ? "both sides are empty" : "\(paths[0]) has no manifest on either side")
        }
        let difference = GenerationDiff(from: before, to: after, pipeline.settings)
        let files = difference.files
        let unified = difference.unified(files, oldName: sides.old.name, newName: sides.new.name)
        let selection = FindingSelection(report, ignoring: Set(settings.ignored.map(\.code)))
        var change = try ChangeReport(from: before, to: after, unified: unified, selection, log: log)
        change.routes.name(ChangedSettings(from: before.snapshot, to: after.snapshot, pipeline.settings))
        if let nginx {
            let witnesses = Array(change.routes.witnesses.prefix(Self.mostProven))
            let proofs = try await nginx.prove(witnesses, before.configuration, after.configuration, by: pipeline)
            change.routes.take(proofs)
        }
        switch format {
        case .text: if !change.isEmpty { await terminal.show(change.text(terminal.palette)) }
        case .unified: if !unified.isEmpty { await terminal.show(terminal.palette.paint(unified: unified)) }
        case .json: Terminal.print(try ChangeRecord(change).printedJSON())
        case .markdown: Terminal.print(change.markdown)
        case .github: if !change.isEmpty { Terminal.print(change.github) }
        case .html: Terminal.print(ChangePage(change, difference, files, from: sides.old.name, to: sides.new.name).text)
        }
        Terminal.printError(
            "\(before.survey.text), then \(after.survey.text): \(DiagnosticReport.summary(after.diagnostics))"
        )
        if isFailure(change) { throw ExitCode.findings }
    }

    /// How many requests are sent at the most.
    private static let mostProven = 2_000
}
