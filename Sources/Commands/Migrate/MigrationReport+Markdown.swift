import Diagnostics

extension MigrationReport {
    /// For a page of a wiki or a comment.
    var markdown: String {
        var text = "**\(Self.plain(readiness))**\n"
        text += Self.table("Annotations", annotations) + Self.table("ConfigMap keys", keys)
        text += Self.table("Controller flags", flags) + Self.table("TCP and UDP ports", ports)
        let groups = RouteGroup.groups(of: routes)
        if !groups.isEmpty {
            text +=
                "\n## Routes that Postern answers differently\n\n| | route | difference | Ingress |\n|---|---|---|---|\n"
            text += groups.map(Self.row).joined()
        }
        if !notes.isEmpty { text += "\n" + notes.map { "- \(Self.plain($0))\n" }.joined() }
        return text
    }

    private static func table(_ title: String, _ items: [MigrationItem]) -> String {
        guard !items.isEmpty else { return "" }
        let rows = items.map { item in
            let words = [item.opinion.reason, item.opinion.advice.map { "do: \($0)" }].compactMap(\.self).map(plain)
            let places = MigrationItem.shortened(item.places.map { code($0.text) })
            return
                "| \(item.verdict.words) | \(code(item.name)) | \(item.places.count) | \(words.joined(separator: "<br>")) "
                + "| \(places) |\n"
        }
        return "\n## \(title)\n\n| | name | uses | difference | where |\n|---|---|---|---|---|\n" + rows.joined()
    }

    private static func row(_ group: RouteGroup) -> String {
        let first = group.first
        var words = [first.opinion.reason, first.opinion.advice.map { "do: \($0)" }].compactMap(\.self).map(plain)
        if let witness = first.witness {
            words.append("\(code(witness.command)): \(code(witness.ingressNginx)), here \(code(witness.postern))")
        }
        let places = MigrationItem.shortened(group.routes.map { code($0.place.text) })
        return
            "| \(first.opinion.verdict.words) | \(code(group.names)) | \(words.joined(separator: "<br>")) | \(places) |\n"
    }

    private static func code(_ text: String) -> String { "<code>\(plain(text))</code>" }

    /// Text of manifests as text, whatever Markdown or HTML it holds.
    private static func plain(_ text: String) -> String {
        let replacements: [Character: String] = [
            "&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "`": "&#96;", "*": "&#42;", "_": "&#95;",
            "[": "&#91;", "]": "&#93;", "@": "&#64;", "#": "&#35;", "\\": "&#92;", "~": "&#126;", "$": "&#36;",
            "!": "&#33;", ":": "&#58;",
        ]
        return PrintableText(text, limit: 2_000).text.map { replacements[$0] ?? String($0) }.joined()
    }
}
