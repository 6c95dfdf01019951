import Crypto
import Foundation

/// One page that needs nothing but itself: no file, no network, no right.
///
/// Its items can be searched and narrowed down by kind and by namespace, by mouse and by keyboard; without a program
/// that runs it, all of them are there to read.
package struct HTMLPage: Sendable {
    /// Short, for the window.
    package var title: String
    /// The page in one line.
    package var headline: String
    /// The kinds of items that can be chosen, each with its name and how many there are.
    package var kinds: [Kind]
    package var sections: [Section]

    package init(title: String, headline: String, kinds: [Kind] = [], sections: [Section]) {
        self.title = title
        self.headline = headline
        self.kinds = kinds
        self.sections = sections
    }

    package struct Kind: Sendable, Hashable {
        /// A word for programs: letters and dashes.
        package var id: String
        package var name: String
        package var count: Int

        package init(id: String, name: String, count: Int) {
            self.id = id
            self.name = name
            self.count = count
        }
    }

    package struct Section: Sendable {
        package var title: String
        package var items: [Item]

        package init(title: String, items: [Item]) {
            self.title = title
            self.items = items
        }
    }

    /// A line that opens to say more.
    package struct Item: Sendable {
        package var kinds: [String]
        package var namespace: String?
        /// The text that a search looks at.
        package var search: String
        package var isOpen: Bool
        package var summary: HTML
        package var content: HTML

        package init(
            kinds: [String] = [],
            namespace: String? = nil,
            search: String = "",
            isOpen: Bool = false,
            summary: HTML,
            content: HTML
        ) {
            self.kinds = kinds
            self.namespace = namespace
            self.search = search
            self.isOpen = isOpen
            self.summary = summary
            self.content = content
        }
    }
}

extension HTMLPage {
    /// The whole document.
    package var text: String {
        let style = PackageResources.page_css
        let script = PackageResources.page_js
        let body =
            HTML.element(.header, [:], .element(.h1, text: title), .element(.p, [.class: "headline"], text: headline))
            + tools
            + .element(.main, [:], sections.filter { !$0.items.isEmpty }.map(\.html))
            + .element(.p, [.id: "nothing", .hidden: ""], text: "Nothing is left: press Escape to show all.")
            + keys
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '\(Self.hash(style))'; \
            script-src '\(Self.hash(script))'; base-uri 'none'; form-action 'none'">
            <title>\(HTML("\(title): \(headline)").markup)</title>
            \(HTML.own(.style, style).markup)
            </head>
            <body>
            \(body.markup)
            \(HTML.own(.script, script).markup)
            </body>
            </html>

            """
    }

    /// What a Content-Security-Policy knows a text by, so that a browser runs no other.
    private static func hash(_ bytes: [UInt8]) -> String {
        "sha256-\(Data(SHA256.hash(data: bytes)).base64EncodedString())"
    }

    /// Shown by the program alone: without it, they would do nothing.
    private var tools: HTML {
        let namespaces = Set(sections.flatMap(\.items).compactMap(\.namespace)).sorted()
        let buttons = kinds.filter { $0.count > 0 }.map { kind in
            HTML.element(
                .button,
                [.type: "button", .class: "kind \(kind.id)", .kinds: kind.id, .ariaPressed: "false"],
                text: "\(kind.count) \(kind.name)"
            )
        }
        let options = namespaces.map { HTML.element(.option, [.value: $0], text: $0) }
        let all = HTML.element(.option, [.value: ""], text: "all namespaces")
        return .element(
            .nav,
            [.id: "tools", .hidden: ""],
            .element(.input, [.id: "search", .type: "search", .placeholder: "Search: /", .ariaLabel: "Search"]),
            namespaces.count > 1
                ? .element(.select, [.id: "namespace", .ariaLabel: "Namespace"], [all] + options) : .empty,
            .element(.div, [.class: "kinds"], buttons),
            .element(.span, [.id: "count", .ariaLive: "polite"]),
            .element(.button, [.id: "theme", .type: "button", .title: "Light or dark: t"], text: "◐")
        )
    }

    private var keys: HTML {
        let keys = [
            ("/", "search"), ("j k", "next, previous"), ("Enter", "open, close"), ("x", "open or close all"),
            ("t", "light or dark"), ("Escape", "show all"),
        ]
        let lines = keys.map { HTML.element(.dt, text: $0.0) + .element(.dd, text: $0.1) }
        return .element(.footer, [.id: "keys", .hidden: ""], .element(.dl, [:], lines))
    }
}

extension HTMLPage.Section {
    fileprivate var html: HTML {
        .element(.section, [:], [.element(.h2, text: title)] + items.map(\.html))
    }
}

extension HTMLPage.Item {
    fileprivate var html: HTML {
        let head = HTML.element(.summary, [:], summary)
        let kinds = kinds.joined(separator: " ")
        let attributes: KeyValuePairs<HTML.Attribute, String> =
            isOpen
            ? [.class: "item", .kinds: kinds, .namespace: namespace ?? "", .search: search, .open: ""]
            : [.class: "item", .kinds: kinds, .namespace: namespace ?? "", .search: search]
        return .element(.details, attributes, head, content)
    }
}
