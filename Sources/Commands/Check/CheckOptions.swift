import ArgumentParser
import Diagnostics
import Foundation

/// The options that decide which findings count.
struct CheckOptions: ParsableArguments {
    @Option(
        name: .customLong("fail-on"),
        help: ArgumentHelp(
            "The least severity that makes the command exit with 1: error, warning or note.",
            valueName: "severity"
        )
    )
    var failure: Diagnostic.Severity = .warning

    @Option(
        name: .customLong("ignore"),
        help: ArgumentHelp("Leave out findings with this code; may be repeated.", valueName: "code")
    )
    var ignored: [String] = []

    @Option(
        help: ArgumentHelp(
            "Leave out the findings of an earlier check, as --format json printed them, wherever they stand now.",
            valueName: "file"
        )
    )
    var baseline: String?

    /// The findings that count, and one for each option that leaves nothing out.
    func select(_ findings: [Diagnostic]) throws -> [Diagnostic] {
        var known = try Baseline(file: baseline)
        var used: Set<String> = []
        var rest: [Diagnostic] = []
        for finding in findings {
            if ignored.contains(finding.code) {
                used.insert(finding.code)
            } else if !known.take(finding) {
                rest.append(finding)
            }
        }
        let idle = Set(ignored).subtracting(used).sorted().map { code in
            Diagnostic(.warning, code: "ignore-unused", "--ignore \(code) leaves nothing out; it can go")
        }
        return idle + rest
    }

    func isFailure(_ findings: [Diagnostic]) -> Bool {
        findings.contains { $0.severity.isAtLeast(failure) }
    }
}

extension Diagnostic.Severity: ExpressibleByArgument {}
