import Diagnostics

extension ChangeReport {
    /// For a comment at a pull request.
    var markdown: String {
        guard !isEmpty else { return "**Postern:** the configuration stays as it is.\n" }
        var text = "**Postern:** \(summary)\n"
        if let traffic { text += "\n\(Self.code(traffic.text))\n" }
        let groups = ChangeGroup.groups(of: routes.changes)
        if !groups.isEmpty || !routes.shared.isEmpty {
            text += "\n| | route | change | Ingress |\n|---|---|---|---|\n"
            if !routes.shared.isEmpty {
                let sign = routes.sharedDangers.isEmpty ? "" : ":warning:"
                let dangers = routes.sharedDangers.map { "**\(Self.escaped($0.text))**<br>" }.joined()
                text += "| \(sign) | all hosts | \(dangers)\(Self.cell(routes.shared.map(\.text))) | |\n"
            }
            text += Self.bounded(groups.prefix(Self.mostRows).map(row), of: groups.count, "rows")
        }
        if !ports.isEmpty {
            let items = ports.prefix(Self.mostRows).map { port in
                "- \(port.dangers.isEmpty ? "" : ":warning: ")\(Self.cell(port.lines))\n"
            }
            text += "\n" + Self.bounded(items, of: ports.count, "ports", to: Self.longest / 10)
        }
        text += Self.folded(
            newFindings.count == 1 ? "1 new finding" : "\(newFindings.count) new findings",
            Self.shortened(newFindings.map(\.text).joined(separator: "\n"), to: Self.longest / 8),
            "text"
        )
        text += Self.folded(
            goneFindings.count == 1 ? "1 finding is gone" : "\(goneFindings.count) findings are gone",
            Self.shortened(goneFindings.map(\.text).joined(separator: "\n"), to: Self.longest / 16),
            "text"
        )
        let room = max(0, Self.longest - text.utf8.count)
        return text + Self.folded("nginx.conf and its files", Self.shortened(unified, to: room), "diff")
    }

    private static let mostRows = 50
    /// The most lines of a row.
    private static let mostLines = 10
    /// A comment at GitHub has at most 65,536 characters; GitLab takes more.
    private static let longest = 60_000

    /// Those of the first that have room, and how many more there are of all.
    private static func bounded(_ texts: [String], of count: Int, _ noun: String, to bytes: Int = longest / 2) -> String
    {
        var (text, shown) = ("", 0)
        for next in texts where text.utf8.count + next.utf8.count <= bytes {
            text += next
            shown += 1
        }
        return shown == count ? text : text + "\n\((count - shown).grouped) more \(noun) are left out.\n"
    }

    private func row(_ group: ChangeGroup) -> String {
        let change = group.first
        let sign = change.dangers.isEmpty ? change.kind.mark : ":warning:"
        var lines = change.dangers.map { "**\(Self.escaped($0.text))**" } + Self.cells(change.traits.map(\.text))
        if group.changes.count == 1, let witness = change.witness {
            lines.append(
                "\(Self.code(witness.command)): \(Self.code(witness.before)), then \(Self.code(witness.after))"
            )
            if let proof = witness.proof { lines.append(Self.code(proof.text)) }
        }
        if let requests = requests(of: group.changes) { lines.append(requests) }
        let origin = group.changes.count == 1 ? change.ingress.map { Self.code($0.description) } ?? "" : ""
        let place = change.position.map { Self.code("\($0.file):\($0.line)") } ?? ""
        let cells = [Self.code(group.names) + " " + change.pathType, lines.joined(separator: "<br>")]
        let last = group.changes.count == 1 ? [origin, place].filter { !$0.isEmpty }.joined(separator: "<br>") : ""
        return "| \(sign) | \(cells.joined(separator: " | ")) | \(last) |\n"
    }

    private static func cell(_ texts: [String]) -> String { cells(texts).joined(separator: "<br>") }

    private static func cells(_ texts: [String]) -> [String] {
        let shown = texts.prefix(mostLines).map { code($0) }
        return texts.count > mostLines ? shown + ["and \(texts.count - mostLines) more"] : shown
    }

    private static func code(_ text: String) -> String { "<code>\(escaped(text))</code>" }

    /// Text of manifests as text, whatever Markdown or HTML it holds.
    private static func escaped(_ text: String) -> String {
        let replacements: [Character: String] = [
            "&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "`": "&#96;", "*": "&#42;", "_": "&#95;",
            "[": "&#91;", "]": "&#93;", "@": "&#64;", "#": "&#35;", "\\": "&#92;", "~": "&#126;", "$": "&#36;",
            "!": "&#33;", ":": "&#58;",
        ]
        return PrintableText(text, limit: 300).text.map { replacements[$0] ?? String($0) }.joined()
    }

    private static func folded(_ title: String, _ text: String, _ language: String) -> String {
        guard !text.isEmpty else { return "" }
        // The fence is longer than any within the text.
        let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\n<details><summary>\(title)</summary>\n\n\(fence)\(language)\n\(text)\n\(fence)\n\n</details>\n"
    }

    /// Whole lines that have room, and what is left out.
    private static func shortened(_ text: String, to bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var (kept, size) = ([Substring](), 0)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines {
            size += line.utf8.count + 1
            guard size <= bytes else { break }
            kept.append(line)
        }
        return kept.joined(separator: "\n") + "\n(\(lines.count - kept.count) more lines)"
    }
}

extension RouteChange.Kind {
    fileprivate var mark: String {
        switch self {
        case .changes, .shadowed: "~"
        case .appears: "+"
        case .vanishes: "−"
        }
    }
}
