import Diagnostics

/// How often annotations are named that have no effect, the most frequent first.
struct AnnotationTally {
    private let counts: [(name: String, count: Int)]

    init(_ findings: [Diagnostic]) {
        var counts: [String: Int] = [:]
        for finding in findings where finding.code.hasPrefix("annotation-") && finding.severity != .note {
            guard let name = finding.annotation, finding.code != "annotation-invalid" else { continue }
            counts[name, default: 0] += 1
        }
        self.counts = counts.map { ($0.key, $0.value) }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    }

    /// Nothing where all annotations have their effect.
    var text: String? {
        guard let most = counts.first?.count else { return nil }
        let width = "\(most)".count
        let rows = counts.map { name, count in
            "    \(String(repeating: " ", count: width - "\(count)".count))\(count)  \(name)"
        }
        return (["annotations without effect:"] + rows).joined(separator: "\n")
    }
}

extension Diagnostic {
    /// The annotation that the finding is about.
    fileprivate var annotation: String? {
        let start = "metadata.annotations["
        guard let field, field.hasPrefix(start), field.hasSuffix("]") else { return nil }
        return String(field.dropFirst(start.count).dropLast())
    }
}
