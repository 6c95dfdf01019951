import ArgumentParser
import Diagnostics
import Foundation

/// Findings in a form for people or for programs.
enum DiagnosticReport {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    static func text(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(\.text).joined(separator: "\n")
    }

    static func json(_ diagnostics: [Diagnostic]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(diagnostics.map(Record.init)), as: UTF8.self)
    }

    /// `2 errors, 1 warning, 3 notes`; `nil` for no findings.
    static func summary(_ diagnostics: [Diagnostic]) -> String? {
        let counts = Diagnostic.Severity.allCases.compactMap { severity -> String? in
            let count = diagnostics.count { $0.severity == severity }
            guard count > 0 else { return nil }
            return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return counts.isEmpty ? nil : counts.joined(separator: ", ")
    }

    /// One finding as JSON has it.
    private struct Record: Encodable {
        struct Object: Encodable {
            var kind: String
            var namespace: String?
            var name: String
        }

        var severity: String
        var code: String
        var message: String
        var object: Object?
        var field: String?
        var file: String?
        var line: Int?
        var column: Int?
        var hint: String?

        init(_ diagnostic: Diagnostic) {
            severity = diagnostic.severity.rawValue
            code = diagnostic.code
            message = diagnostic.message
            object = diagnostic.object.map {
                Object(kind: $0.kind, namespace: $0.namespace.isEmpty ? nil : $0.namespace, name: $0.name)
            }
            field = diagnostic.field
            file = diagnostic.position?.file
            line = diagnostic.position?.line
            column = diagnostic.position?.column
            hint = diagnostic.hint
        }
    }
}

extension [Diagnostic] {
    /// Whether something is wrong, and not merely good to know.
    var hasFindings: Bool { contains { $0.severity != .note } }
}
