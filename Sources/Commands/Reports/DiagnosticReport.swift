import ArgumentParser
import Diagnostics
import Foundation

/// Findings in a form for people or for programs.
enum DiagnosticReport {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case sarif
        case junit
        case github
    }

    static func text(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(\.text).joined(separator: "\n")
    }

    static func json(_ diagnostics: [Diagnostic]) throws -> String {
        try diagnostics.map(DiagnosticRecord.init).printedJSON()
    }

    /// `2 errors, 1 warning, 3 notes`, or `nothing found`.
    static func summary(_ diagnostics: [Diagnostic]) -> String {
        let counts = Diagnostic.Severity.allCases.compactMap { severity -> String? in
            let count = diagnostics.count { $0.severity == severity }
            guard count > 0 else { return nil }
            return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return counts.isEmpty ? "nothing found" : counts.joined(separator: ", ")
    }
}

extension [Diagnostic] {
    /// Whether something is wrong, and not merely good to know.
    var hasFindings: Bool { contains { $0.severity != .note } }
}
