package import Diagnostics

/// One document of a YAML or JSON text.
package struct Document: Sendable {
    /// `nil` when the document could not be read, for which `diagnostics` says why.
    package var root: Node?
    package var diagnostics: [Diagnostic]
    /// Whether something is wrong with it that it has by being a template, as Helm's are.
    package var holdsTemplate = false

    init(root: Node?, diagnostics: [Diagnostic]) {
        self.root = root
        self.diagnostics = diagnostics
    }

    /// A document with what was found while it was read, and with why that ended.
    init(root: Node?, _ findings: FindingList, _ end: Diagnostic? = nil) {
        self.init(root: root, diagnostics: findings.reported(about: "this document") + (end.map { [$0] } ?? []))
    }
}
