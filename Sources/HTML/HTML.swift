import Diagnostics

/// A piece of an HTML document whose texts can be nothing but text.
///
/// Elements and attributes come from a list without any that run programs, load files or lead elsewhere; what stands
/// within them is escaped, and written in characters that print.
package struct HTML: Sendable, Hashable {
    package private(set) var markup: String

    /// Escapes a text.
    package init(_ text: String) { markup = Self.escaped(text) }

    private init(markup: String) { self.markup = markup }

    package static let empty = HTML(markup: "")

    package var isEmpty: Bool { markup.isEmpty }

    package static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.markup + right.markup) }

    package static func += (left: inout HTML, right: HTML) { left.markup += right.markup }

    /// An element with its attributes and what is within it.
    package static func element(
        _ element: Element,
        _ attributes: KeyValuePairs<Attribute, String> = [:],
        _ content: HTML...
    ) -> HTML {
        self.element(element, attributes, content)
    }

    package static func element(
        _ element: Element,
        _ attributes: KeyValuePairs<Attribute, String> = [:],
        _ content: [HTML]
    ) -> HTML {
        var markup = "<\(element.rawValue)"
        for (attribute, value) in attributes { markup += " \(attribute.rawValue)=\"\(escaped(value))\"" }
        markup += ">"
        guard !element.isVoid else { return HTML(markup: markup) }
        for part in content { markup += part.markup }
        return HTML(markup: markup + "</\(element.rawValue)>")
    }

    /// An element with a text within it.
    package static func element(
        _ element: Element,
        _ attributes: KeyValuePairs<Attribute, String> = [:],
        text: String
    ) -> HTML {
        self.element(element, attributes, HTML(text))
    }

    /// The style sheet and the program of a page are files of our own, and nothing else is.
    static func own(_ element: OwnElement, _ bytes: [UInt8]) -> HTML {
        HTML(markup: "<\(element.rawValue)>" + String(decoding: bytes, as: UTF8.self) + "</\(element.rawValue)>")
    }

    private static func escaped(_ text: String) -> String {
        let printable = PrintableText(text, limit: .max).text
        guard printable.utf8.contains(where: needsEscape) else { return printable }
        var result = ""
        result.reserveCapacity(printable.utf8.count + 16)
        for scalar in printable.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }
}

extension HTML {
    package enum Element: String, Sendable {
        case article, button, code, dd, details, div, dl, dt, footer, h1, h2, header, input, label, li, main, nav
        case option, p, pre, section, select, span, strong, summary, table, tbody, td, th, thead, tr, ul

        var isVoid: Bool { self == .input }
    }

    package enum Attribute: String, Sendable {
        case ariaLabel = "aria-label"
        case ariaLive = "aria-live"
        case ariaPressed = "aria-pressed"
        case `class`, colspan, hidden, id, open, placeholder, scope, title, type, value
        case kinds = "data-kinds"
        case namespace = "data-namespace"
        case search = "data-search"
    }

    enum OwnElement: String { case style, script }
}
