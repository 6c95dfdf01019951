import Diagnostics

extension ChangeReport {
    /// For people: the routes, then the findings, then the unified diff.
    func text(_ palette: Palette = .plain) -> String {
        guard !isEmpty else { return "" }
        var lines = [palette.paint(summary, .bold)] + [traffic?.text].compactMap(\.self)
        if !routes.changes.isEmpty || !routes.shared.isEmpty { lines.append("") }
        if !routes.shared.isEmpty {
            let dangers = routes.sharedDangers.map(\.text).joined(separator: ", ")
            let head = dangers.isEmpty ? "~ all hosts" : "! all hosts  \(dangers)"
            lines.append(palette.paint(head, dangers.isEmpty ? .yellow : .boldRed))
            lines += routes.shared.map { "    \($0.text)" }
        }
        lines += ChangeGroup.groups(of: routes.changes).flatMap {
            $0.lines(palette, requests: requests(of: $0.changes))
        }
        if !ports.isEmpty { lines += [""] + ports.flatMap { $0.lines(palette) } }
        if !newFindings.isEmpty { lines += ["", "new findings:"] + newFindings.map { $0.text(palette) } }
        if !goneFindings.isEmpty { lines += ["", "findings that are gone:"] + goneFindings.map(\.text) }
        return (lines + ["", palette.paint(unified: unified)]).joined(separator: "\n")
    }
}

extension Diagnostic {
    fileprivate func text(_ palette: Palette) -> String {
        switch severity {
        case .error: palette.paint(text, .red)
        case .warning: palette.paint(text, .yellow)
        case .note: text
        }
    }
}

extension PortChange {
    fileprivate func lines(_ palette: Palette) -> [String] {
        let lines = self.lines
        return [palette.paint(lines[0], color)] + lines.dropFirst()
    }

    private var color: Palette.Color {
        switch sign {
        case "!": .boldRed
        case "+": .green
        case "-": .red
        default: .yellow
        }
    }
}

extension ChangeGroup {
    /// - Parameter requests: How many of a log it is about.
    fileprivate func lines(_ palette: Palette, requests: String?) -> [String] {
        var heading = ["\(sign) \(names)", changes.count == 1 ? first.pathType : ""]
        heading.append(first.dangers.isEmpty ? first.shortText : first.dangers.map(\.text).joined(separator: ", "))
        if changes.count == 1 {
            heading.append(first.ingress.map(\.description) ?? "")
            heading.append(first.position.map { "\($0.file):\($0.line)" } ?? "")
        }
        heading.append(requests ?? "")
        var lines: [String] = []
        let isShort = first.dangers.isEmpty && first.traits.count == 1 && first.traits[0].kind == .backend
        if !isShort { lines += first.traits.map { "    \($0.text)" } }
        if let witness = first.witness, changes.count == 1 {
            lines.append("    \(witness.command)    before: \(witness.before)    after: \(witness.after)")
            if let proof = witness.proof { lines.append("        \(proof.text)") }
        }
        // What manifests hold is made to print before it is in colour, which would not.
        let head = Self.printable(heading.filter { !$0.isEmpty }.joined(separator: "  "))
        return [palette.paint(head, color)] + lines.map(Self.printable)
    }

    private static func printable(_ line: String) -> String { PrintableText(line, limit: 2_000).text }

    private var color: Palette.Color {
        guard first.dangers.isEmpty else { return .boldRed }
        return switch first.kind {
        case .changes, .shadowed: .yellow
        case .appears: .green
        case .vanishes: .red
        }
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
