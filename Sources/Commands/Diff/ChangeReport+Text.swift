import Diagnostics

extension ChangeReport {
    /// For people: the routes, then the findings, then the unified diff.
    var text: String {
        guard !isEmpty else { return "" }
        var lines = [summary]
        if !routes.changes.isEmpty || !routes.shared.isEmpty { lines.append("") }
        if !routes.shared.isEmpty { lines += ["~ all hosts"] + routes.shared.map { "    \($0.text)" } }
        lines += ChangeGroup.groups(of: routes.changes).flatMap(\.lines)
        if !newFindings.isEmpty { lines += ["", "new findings:"] + newFindings.map(\.text) }
        if !goneFindings.isEmpty { lines += ["", "findings that are gone:"] + goneFindings.map(\.text) }
        return (lines + ["", unified]).joined(separator: "\n")
    }
}

extension ChangeGroup {
    fileprivate var lines: [String] {
        var heading = ["\(sign) \(names)", changes.count == 1 ? first.pathType : ""]
        heading.append(first.dangers.isEmpty ? first.shortText : first.dangers.map(\.text).joined(separator: ", "))
        if changes.count == 1 {
            heading.append(first.ingress.map(\.description) ?? "")
            heading.append(first.position.map { "\($0.file):\($0.line)" } ?? "")
        }
        var lines = [heading.filter { !$0.isEmpty }.joined(separator: "  ")]
        let isShort = first.dangers.isEmpty && first.traits.count == 1 && first.traits[0].kind == .backend
        if !isShort { lines += first.traits.map { "    \($0.text)" } }
        if let witness = first.witness, changes.count == 1 {
            lines.append("    \(witness.command)    before: \(witness.before)    after: \(witness.after)")
        }
        return lines.map { PrintableText($0, limit: 2_000).text }
    }

    /// One character for what it is.
    private var sign: String {
        if !first.dangers.isEmpty { return "!" }
        switch first.kind {
        case .changes, .shadowed: return "~"
        case .appears: return "+"
        case .vanishes: return "-"
        }
    }
}

extension RouteChange {
    /// The new and the old backend where that is all.
    fileprivate var shortText: String {
        guard traits.count == 1, let change = traits.first, change.kind == .backend else { return "" }
        switch kind {
        case .appears: return change.after ?? ""
        case .vanishes: return change.before ?? ""
        case .changes, .shadowed: return change.text
        }
    }
}
