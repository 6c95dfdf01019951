import ArgumentParser

/// Where the two sides come from, and what becomes of them.
extension Diff {
    func sides(by pipeline: Pipeline) async throws -> DiffSides {
        guard readsCluster else { return try await DiffSides(paths, range.flatMap(GitRange.init), by: pipeline) }
        let live = try await LiveCluster.read(cluster, translation)
        return try DiffSides(paths[0], appliedTo: live, by: pipeline.serving(live, translation))
    }

    /// The settings of the repository that NEW is in; none of a cluster, which has a controller with options.
    var settings: RepositorySettings {
        get throws(CommandFailure) {
            guard !readsCluster, let path = paths.last else { return RepositorySettings() }
            return try RepositorySettings.find(for: [path])
        }
    }

    /// Compares what serves with NEW.
    func compare(_ served: ServedGeneration) async throws {
        var input = input
        if input.chosen == nil { input.chosen = readsCluster || input.observed ? .cluster : .folder }
        let pipeline = try await Pipeline(
            translation,
            rendering,
            input,
            fallbackCertificate: FallbackCertificate.load(from: served.folder)
        ).writing(like: served)
        var result: Pipeline.Result
        if readsCluster {
            let live = try await LiveCluster.read(cluster, translation)
            result = pipeline.serving(live, translation).result(of: live)
        } else {
            result = try pipeline.result(of: paths)
        }
        pipeline.write(endpointsOf: served, into: &result)
        let diff = ServedDiff(from: served, to: result, newName: paths.first ?? "cluster")
        switch format {
        case .json: Terminal.print(try diff.printedJSON())
        case .unified:
            let text = (diff.files + [diff.unifiedDiff]).joined(separator: "\n")
            if !diff.isEmpty { await terminal.show(terminal.palette.paint(unified: text)) }
        // The others need routes, and are refused.
        case .text, .markdown, .github, .html:
            if !diff.isEmpty { await terminal.show(terminal.palette.paint(unified: diff.text)) }
        }
        Terminal.printError("\(result.survey.text): \(DiagnosticReport.summary(result.diagnostics))")
        if !diff.isEmpty, reason != .never { throw ExitCode.findings }
    }

    /// Whether the command exits with 1.
    func isFailure(_ change: ChangeReport) -> Bool {
        if change.isContradicted, reason != .never { return true }
        switch reason {
        case .never: return false
        case .changes: return !change.isEmpty
        case .danger: return change.hasDanger
        }
    }
}
