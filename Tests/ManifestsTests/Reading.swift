import Diagnostics
import KubernetesModel
import Manifests
import TestSupport

/// The result of reading one file.
func read(_ text: String, file: String = "a.yaml") -> (snapshot: ClusterSnapshot, diagnostics: [Diagnostic]) {
    ManifestReader().read([ManifestFile(name: file, text: text)])
}

/// The findings in one file as `severity code`.
func findings(_ text: String) -> [String] {
    read(text).diagnostics.map { "\($0.severity) \($0.code)" }
}

/// An Ingress with this `spec`, each line of it indented by two.
func ingress(_ spec: String, version: String = "networking.k8s.io/v1") -> String {
    let lines = spec.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    return "apiVersion: \(version)\nkind: Ingress\nmetadata:\n  name: web\nspec:\n" + lines.joined(separator: "\n")
        + "\n"
}

/// An Ingress with one path to a Service.
func ingress(path: String, type: String) -> String {
    ingress(
        """
        rules:
        - http:
            paths:
            - path: \(path)
              pathType: \(type)
              backend: {service: {name: web, port: {number: 80}}}
        """
    )
}

extension MarkedText {
    /// The position of the mark in the file that `read` makes of the text.
    var position: SourcePosition { SourcePosition(file: "a.yaml", line: line, column: column) }
}

extension ObjectMetadata {
    /// The same metadata as if it came from a cluster.
    var withoutSource: ObjectMetadata {
        var copy = self
        copy.source = nil
        return copy
    }
}
