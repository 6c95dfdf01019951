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
        let known = try baseline.map { Baseline(try KnownFindings.read($0)) }
        var used: Set<String> = []
        var rest: [Diagnostic] = []
        var remaining = known
        for finding in findings {
            if ignored.contains(finding.code) {
                used.insert(finding.code)
            } else if !(remaining?.take(finding) ?? false) {
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

/// The findings of an earlier check, each as often as it was found.
private struct Baseline {
    private var counts: [KnownFinding: Int] = [:]

    init(_ findings: [DiagnosticRecord]) {
        for finding in findings { counts[KnownFinding(finding), default: 0] += 1 }
    }

    /// Takes a finding out; returns whether it was there.
    mutating func take(_ finding: Diagnostic) -> Bool {
        let key = KnownFinding(DiagnosticRecord(finding))
        guard let count = counts[key], count > 0 else { return false }
        counts[key] = count - 1
        return true
    }
}

/// A finding wherever it stands in whichever file.
private struct KnownFinding: Hashable {
    private let finding: DiagnosticRecord

    init(_ record: DiagnosticRecord) {
        var record = record
        (record.file, record.line, record.column, record.hint) = (nil, nil, nil, nil)
        finding = record
    }
}

private enum KnownFindings {
    static func read(_ path: String) throws -> [DiagnosticRecord] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("\(path): the baseline cannot be read")
        }
        do { return try JSONDecoder().decode([DiagnosticRecord].self, from: data) } catch {
            throw CommandFailure("\(path): it is no list of findings as 'postern check --format json' prints it")
        }
    }
}

extension Diagnostic.Severity: ExpressibleByArgument {}
