import Diagnostics
import HTML

/// A report on a migration, as a page for a browser: what is in use, then the routes, then the Ingresses.
struct MigrationPage {
    let report: MigrationReport

    /// The whole document.
    var text: String { page.text }

    private var page: HTMLPage {
        let sections: [HTMLPage.Section] = [
            .init(title: "Annotations", items: report.annotations.map(\.item)),
            .init(title: "ConfigMap keys", items: report.keys.map(\.item)),
            .init(title: "Controller flags", items: report.flags.map(\.item)),
            .init(title: "TCP and UDP ports", items: report.ports.map(\.item)),
            .init(title: "Routes that Postern answers differently", items: report.routes.map(\.item)),
            .init(title: "Ingresses", items: report.standings.map(\.item)),
            .init(title: "What could not be looked at", items: report.notes.map(Self.item)),
        ]
        let items = sections.flatMap(\.items)
        let kinds = MigrationVerdict.allCases.reversed().map { verdict in
            HTMLPage.Kind(
                id: verdict.name,
                name: verdict.words,
                count: items.count { $0.kinds.contains(verdict.name) }
            )
        }
        return HTMLPage(title: "postern migrate", headline: report.readiness, kinds: kinds, sections: sections)
    }

    private static func item(_ note: String) -> HTMLPage.Item {
        HTMLPage.Item(kinds: ["note"], search: note, summary: HTML(note), content: .empty)
    }
}

extension MigrationVerdict {
    /// The words in their colour.
    fileprivate var html: HTML {
        let style =
            switch self {
            case .identical: "identical"
            case .needless: "quiet"
            case .different: "differs"
            case .missing: "danger"
            }
        return .element(.span, [.class: style], text: words)
    }
}

extension MigrationOpinion {
    fileprivate var paragraphs: [HTML] {
        [reason, advice.map { "do: \($0)" }].compactMap(\.self).map { .element(.p, text: $0) }
    }
}

extension HTML {
    /// A list of texts, of which a page has room for so many.
    fileprivate static func list(_ texts: [String]) -> HTML {
        guard !texts.isEmpty else { return .empty }
        let shown = texts.prefix(mostItems).map { HTML.element(.li, [:], .element(.code, text: $0)) }
        let rest = texts.count - shown.count
        return .element(.ul, [:], shown + (rest > 0 ? [.element(.li, text: "and \(rest) more")] : []))
    }

    private static let mostItems = 200
}

extension MigrationItem {
    fileprivate var item: HTMLPage.Item {
        let words = [name, verdict.words, opinion.reason ?? "", opinion.advice ?? ""]
        return HTMLPage.Item(
            kinds: [verdict.name],
            search: (words + places.map(\.text) + routes).joined(separator: " "),
            isOpen: verdict == .missing,
            summary: verdict.html + .element(.strong, text: name)
                + .element(.span, [.class: "quiet"], text: places.count == 1 ? "" : "\(places.count) uses")
                + .element(.span, [.class: "place"], text: Self.shortened(places.map(\.text))),
            content: .element(
                .div,
                [:],
                opinion.paragraphs + [.list(places.map(\.named))]
                    + (routes.isEmpty ? [] : [.element(.p, text: "on these routes:"), .list(routes)])
            )
        )
    }
}

extension RouteDifference {
    fileprivate var item: HTMLPage.Item {
        let sides = witness.map { witness in
            HTML.element(.pre, text: witness.command)
                + .element(
                    .table,
                    [:],
                    .element(.thead, [:], Self.row(.th, ["", "ingress-nginx", "Postern"])),
                    .element(.tbody, [:], Self.row(.td, ["answer", witness.ingressNginx, witness.postern]))
                )
        }
        let words = [route, code, opinion.reason ?? "", ingress?.description ?? "", place.text]
        return HTMLPage.Item(
            kinds: [opinion.verdict.name],
            namespace: ingress?.namespace,
            search: words.joined(separator: " "),
            isOpen: opinion.verdict == .missing,
            summary: opinion.verdict.html + .element(.strong, text: route)
                + .element(.span, [.class: "quiet"], text: ingress?.description ?? "")
                + .element(.span, [.class: "place"], text: position == nil ? "" : place.text),
            content: .element(.div, [:], opinion.paragraphs + [sides ?? .empty])
        )
    }

    private static func row(_ cell: HTML.Element, _ texts: [String]) -> HTML {
        .element(.tr, [:], texts.map { .element(cell, text: $0) })
    }
}

extension MigrationReport.Standing {
    fileprivate var item: HTMLPage.Item {
        let verdict: MigrationVerdict = verdict == .needless ? .identical : verdict
        return HTMLPage.Item(
            kinds: [verdict.name],
            namespace: name.split(separator: "/").first.map(String.init),
            search: ([name, verdict.words] + causes).joined(separator: " "),
            summary: verdict.html + .element(.strong, text: name)
                + .element(.span, [.class: "quiet"], text: causes.joined(separator: ", "))
                + .element(.span, [.class: "place"], text: place.text),
            content: .empty
        )
    }
}
