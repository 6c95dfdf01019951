package import Diagnostics

/// One document of a YAML or JSON text.
package struct Document: Sendable {
    /// `nil` when the document could not be read, for which `diagnostics` says why.
    package var root: Node?
    package var diagnostics: [Diagnostic]
}
