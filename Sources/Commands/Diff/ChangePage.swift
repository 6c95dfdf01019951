import Diagnostics
import HTML
import TextDiff

/// What a change of manifests does, as a page for a browser: the routes first, then findings, then files.
struct ChangePage {
    private let report: ChangeReport
    private let difference: GenerationDiff
    private let files: [GenerationDiff.FileChange]
    private let title: String

    init(
        _ report: ChangeReport,
        _ difference: GenerationDiff,
        _ files: [GenerationDiff.FileChange],
        from old: String,
        to new: String
    ) {
        self.report = report
        self.difference = difference
        self.files = files
        title = "postern diff \(old) \(new)"
    }

    /// The whole document.
    var text: String { page.text }

    private var page: HTMLPage {
        let ports = report.ports.map(\.item)
        let routes = shared + report.routes.changes.map { $0.item(requests: report.requests(of: [$0])) }
        let findings =
            report.newFindings.map { $0.item(isNew: true) } + report.goneFindings.map { $0.item(isNew: false) }
        return HTMLPage(
            title: title,
            headline: ([report.summary] + [report.traffic?.text].compactMap(\.self)).joined(separator: "; "),
            kinds: kinds(of: routes + ports + findings),
            sections: [
                .init(title: "Routes", items: routes), .init(title: "TCP and UDP", items: ports),
                .init(title: "Findings", items: findings),
                .init(title: "Files", items: renames + files.map(item)),
            ]
        )
    }

    /// What changes for all hosts at once.
    private var shared: [HTMLPage.Item] {
        guard !report.routes.shared.isEmpty else { return [] }
        let dangers = report.routes.sharedDangers.map(\.text).joined(separator: ", ")
        let kinds = dangers.isEmpty ? ["changes"] : ["changes", "danger"]
        return [
            HTMLPage.Item(
                kinds: kinds,
                search: "all hosts \(dangers)",
                isOpen: true,
                summary: .element(
                    .span,
                    [.class: "sign \(kinds.joined(separator: " "))"],
                    text: dangers.isEmpty ? "~" : "!"
                )
                    + .element(.strong, text: "all hosts")
                    + .element(.span, [.class: "danger"], text: dangers),
                content: report.routes.shared.table
            )
        ]
    }

    private func kinds(of items: [HTMLPage.Item]) -> [HTMLPage.Kind] {
        let names = [
            ("danger", "dangers"), ("changes", "change"), ("appears", "appear"), ("vanishes", "vanish"),
            ("shadowed", "shadowed"), ("new-finding", "new findings"), ("gone-finding", "findings gone"),
        ]
        return names.map { id, name in
            .init(id: id, name: name, count: items.count { $0.kinds.contains(id) })
        }
    }

    /// Upstreams with another name, by which the files are not shown to differ.
    private var renames: [HTMLPage.Item] {
        guard !difference.notes.isEmpty else { return [] }
        let lines = difference.notes.split(separator: "\n").map { HTML.element(.pre, text: String($0)) }
        return [
            HTMLPage.Item(
                kinds: ["file"],
                search: difference.notes,
                isOpen: true,
                summary: .element(.strong, text: "upstreams with another name"),
                content: .element(.div, [:], lines)
            )
        ]
    }

    private func item(_ file: GenerationDiff.FileChange) -> HTMLPage.Item {
        let hunks = file.diff.hunks
        let state = file.old == nil ? "new" : file.new == nil ? "gone" : ""
        return HTMLPage.Item(
            kinds: ["file"],
            search: file.path,
            isOpen: hunks.count <= Self.mostOpenHunks,
            summary: .element(.code, text: file.path) + .element(.span, [.class: "quiet"], text: state),
            content: .element(
                .table,
                [.class: "sides"],
                hunks.map { hunk in hunk.sides(heading: difference.heading(of: hunk, in: file)) }
            )
        )
    }

    /// A file with more of them than that is opened when it is wanted.
    private static let mostOpenHunks = 20
}

extension RouteChange {
    /// - Parameter requests: How many of a log it is about.
    fileprivate func item(requests: String?) -> HTMLPage.Item {
        let place = [ingress?.description, position.map { "\($0.file):\($0.line)" }].compactMap { $0 }
        let kinds = [kind.rawValue] + (dangers.isEmpty ? [] : ["danger"])
        let sides = witness.map { witness in
            HTML.element(.pre, text: witness.command)
                + [RouteTraitChange].sides("answer", witness.before, witness.after)
        }
        return HTMLPage.Item(
            kinds: kinds,
            namespace: ingress?.namespace,
            search: ([name, pathType] + place + dangers.map(\.text) + traits.map(\.text)).joined(separator: " "),
            isOpen: !dangers.isEmpty,
            summary: .element(.span, [.class: "sign \(kinds.joined(separator: " "))"], text: sign)
                + .element(.strong, text: name)
                + .element(.span, [.class: "quiet"], text: pathType)
                + (dangers.isEmpty ? .empty : .element(.span, [.class: "danger"], text: dangerText))
                + (requests.map { .element(.span, [.class: "quiet"], text: $0) } ?? .empty)
                + .element(.span, [.class: "place"], text: place.joined(separator: "  ")),
            content: .element(.div, [:], traits.table, sides ?? .empty)
        )
    }

    private var dangerText: String { dangers.map(\.text).joined(separator: ", ") }

    private var sign: String {
        guard dangers.isEmpty else { return "!" }
        return switch kind {
        case .changes, .shadowed: "~"
        case .appears: "+"
        case .vanishes: "−"
        }
    }
}

extension PortChange {
    fileprivate var item: HTMLPage.Item {
        let kind = isOfAll ? "changes" : before == nil ? "appears" : after == nil ? "vanishes" : "changes"
        let kinds = dangers.isEmpty ? [kind] : [kind, "danger"]
        let backend = RouteTraitChange(kind: .backend, before: before, after: after)
        return HTMLPage.Item(
            kinds: kinds,
            search: lines.joined(separator: " "),
            isOpen: true,
            summary: .element(.span, [.class: "sign \(kinds.joined(separator: " "))"], text: sign)
                + .element(.strong, text: port)
                + (dangers.isEmpty
                    ? .empty
                    : .element(.span, [.class: "danger"], text: dangers.map(\.text).joined(separator: ", "))),
            content: ((before == after ? [] : [backend]) + traits).table
        )
    }
}

extension [RouteTraitChange] {
    /// Before and after beside each other.
    fileprivate var table: HTML {
        let head = HTML.element(
            .tr,
            [:],
            ["", "before", "after"].map { .element(.th, [.scope: "col"], text: $0) }
        )
        return .element(.table, [:], .element(.thead, [:], head), .element(.tbody, [:], map(\.row)))
    }

    fileprivate static func sides(_ name: String, _ before: String, _ after: String) -> HTML {
        .element(.table, [:], row(name, before, after))
    }

    fileprivate static func row(_ name: String, _ before: String, _ after: String) -> HTML {
        .element(
            .tr,
            [:],
            .element(.th, [.scope: "row"], text: name),
            .element(.td, [.class: "old"], text: before),
            .element(.td, [.class: "new"], text: after)
        )
    }
}

extension RouteTraitChange {
    fileprivate var row: HTML { [RouteTraitChange].row(name, before ?? "none", after ?? "none") }
}

extension Diagnostic {
    fileprivate func item(isNew: Bool) -> HTMLPage.Item {
        HTMLPage.Item(
            kinds: [isNew ? "new-finding" : "gone-finding"],
            namespace: object?.namespace,
            search: text,
            isOpen: isNew,
            summary: .element(
                .span,
                [.class: isNew ? severity.rawValue : "quiet"],
                text: isNew ? severity.rawValue : "gone"
            )
                + .element(.code, text: code)
                + .element(.span, [.class: "place"], text: position.map { "\($0.file):\($0.line)" } ?? ""),
            content: .element(.pre, text: text)
        )
    }
}
