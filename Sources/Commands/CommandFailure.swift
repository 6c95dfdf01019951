import Diagnostics

/// Why a command could not do its work.
package struct CommandFailure: Error, CustomStringConvertible {
    /// One line that prints, or several for findings and for what another program says.
    package let description: String

    init(_ description: String) {
        self.description = description.printable
    }

    /// Quotes what another program has said, line by line.
    init(_ description: String, quoting lines: [some StringProtocol]) {
        self.description = ([description.printable] + lines.map(\.printable)).joined(separator: "\n")
    }

    init(_ findings: [Diagnostic]) {
        description = DiagnosticReport.text(findings)
    }
}
