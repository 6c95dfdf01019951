import Diagnostics

/// Why a command could not do its work.
package struct CommandFailure: Error, CustomStringConvertible {
    /// One line that prints, or several for several findings.
    package let description: String

    init(_ description: String) {
        self.description = description.printable
    }

    init(_ findings: [Diagnostic]) {
        description = DiagnosticReport.text(findings)
    }
}
