import Diagnostics

/// Findings by the field that each is about.
struct FindingTable {
    private let findings: [ObjectReference: [String: [Diagnostic]]]

    init(_ diagnostics: [Diagnostic]) {
        var findings: [ObjectReference: [String: [Diagnostic]]] = [:]
        for finding in diagnostics {
            guard let object = finding.object else { continue }
            findings[object, default: [:]][finding.field ?? "", default: []].append(finding)
        }
        self.findings = findings
    }

    /// Those about one field of an object.
    subscript(object: ObjectReference?, field: String) -> [Diagnostic] {
        object.flatMap { findings[$0]?[PrintableText(field).text] } ?? []
    }

    /// Those about all of an object.
    subscript(object: ObjectReference?) -> [Diagnostic] {
        object.flatMap { findings[$0] }?.sorted { $0.key < $1.key }.flatMap(\.value) ?? []
    }
}
