import ArgumentParser
import Diagnostics

/// The options that decide which findings count.
struct CheckOptions: ParsableArguments {
    @Option(
        name: .customLong("fail-on"),
        help: ArgumentHelp(
            "The least severity that makes the command exit with 1: error, warning or note; without it warning.",
            valueName: "severity"
        )
    )
    var failure: Diagnostic.Severity?

    @Option(
        name: .customLong("ignore"),
        help: ArgumentHelp("Leave out findings with this code; may be repeated.", valueName: "code")
    )
    var ignored: [String] = []

    @Option(
        help: ArgumentHelp(
            "Leave out the findings of an earlier check, as --format json printed them, wherever they stand now.",
            discussion: "Without a name, '', no file is read, whatever the settings of the repository say.",
            valueName: "file"
        )
    )
    var baseline: String?

    /// What the options leave out, with what the settings of the repository leave out where the paths are.
    func filter(_ settings: RepositorySettings, for paths: [String], isProven: Bool) -> FindingFilter {
        let isPart = !settings.isWhole(paths)
        return FindingFilter(
            ignored: ignored.map { FindingFilter.Ignored(code: $0, place: "--ignore") }
                + settings.ignored.map { code, position in
                    FindingFilter.Ignored(
                        code: code,
                        place: RepositorySettings.fileName,
                        position: position,
                        isExcused: isPart && CodeExplanation.of(code) != nil
                    )
                },
            baseline: baseline.map { $0.isEmpty ? nil : $0 } ?? settings.baseline,
            isProven: isProven
        )
    }
}

extension Diagnostic.Severity: ExpressibleByArgument {}
