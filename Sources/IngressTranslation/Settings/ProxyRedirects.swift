import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// How redirects and cookies of backends are changed.
struct ResponseChangeValues: Sendable, Hashable {
    var redirectFrom: BackendURL = .unchanged
    var redirectTo: BackendURL = .unchanged
    var cookieDomain = TextReplacement.none
    var cookiePath = TextReplacement.none

    var changes: ResponseChanges {
        var redirect = TextReplacement.none
        if case .text(let old) = redirectFrom, case .text(let new) = redirectTo {
            redirect = .replacing(old, with: new)
        }
        return ResponseChanges(redirect: redirect, cookieDomain: cookieDomain, cookiePath: cookiePath)
    }

    /// The value in `http`: nginx changes no cookies unless a setting has it do so.
    var httpChanges: ResponseChanges {
        var changes = changes
        if changes.cookieDomain == TextReplacement.none { changes.cookieDomain = nil }
        if changes.cookiePath == TextReplacement.none { changes.cookiePath = nil }
        return changes
    }
}

/// A URL of a backend, or its beginning, that is changed or that takes the place of one.
enum BackendURL: Sendable, Hashable {
    case unchanged
    case text(Expression)
}

enum ProxyRedirects {
    static let settings: [Setting] = [
        .value(
            "proxy-cookie-domain",
            .cookieDomain,
            \.responseChanges.cookieDomain,
            default: "off",
            scope: .location,
            from: .everywhere,
            "Puts the second of two domains in place of the first in backends' cookies."
        ).risk(.medium).identical,
        .value(
            "proxy-cookie-path",
            .cookiePath,
            \.responseChanges.cookiePath,
            default: "off",
            scope: .location,
            from: .everywhere,
            "Puts the second of two paths in place of the first in backends' cookies."
        ).risk(.medium).identical,
        .value(
            "proxy-redirect-from",
            .redirectFrom,
            \.responseChanges.redirectFrom,
            default: "off",
            scope: .location,
            from: .everywhere,
            "Names how redirects of backends begin that are changed, where proxy-redirect-to says into what. Of 'default' "
                + "comes nothing: no backend knows the name that nginx would look for."
        ).risk(.medium).differs(
            "'default' changes nothing: it would be the name of an upstream, which no backend knows."
        ),
        .value(
            "proxy-redirect-to",
            .redirectTo,
            \.responseChanges.redirectTo,
            default: "off",
            scope: .location,
            from: .everywhere,
            "Sets what such redirects begin with: a URL, or a path of the request's host."
        ).risk(.medium).identical,
    ]
}

extension ResponseChangeValues {
    /// The parts of an object that have no effect.
    func findings(of source: SettingSource) -> [Diagnostic] {
        let pairs = [
            ("proxy-redirect-from", redirectFrom, "proxy-redirect-to", redirectTo),
            ("proxy-redirect-to", redirectTo, "proxy-redirect-from", redirectFrom),
        ]
        return pairs.compactMap { name, value, other, otherValue in
            guard value != .unchanged, otherValue == .unchanged, source.value(name) != nil else { return nil }
            return source.finding(
                .warning,
                common: "proxy-redirect-unused",
                "'\(name)' has no effect without '\(other)'",
                at: name
            )
        }
    }
}

extension ValueParser<BackendURL> {
    static let redirectFrom = backendURL(unchanged: ["off", "default"], ["http://web.internal/", "/internal/"])
    static let redirectTo = backendURL(unchanged: ["off"], ["https://shop.example/", "/"])

    private static func backendURL(unchanged: Set<String>, _ examples: [String]) -> ValueParser {
        ValueParser(
            type: "URL, or \(unchanged.sorted().joined(separator: " or "))",
            examples: examples,
            write: { if case .text(let text) = $0 { "\(text)" } else { "off" } }
        ) { text throws(ValueError) in
            unchanged.contains(text) ? .unchanged : .text(try ReplacedText.expression(text))
        }
    }
}

extension ValueParser<TextReplacement> {
    static let cookieDomain = pair(["web.internal shop.example", "localhost shop.example"], of: "domain") {
        $0.isPathCharacter
    }
    static let cookiePath = pair(["/internal/ /", "/one /two"], of: "path") { $0.isURLCharacter }

    private static func pair(
        _ examples: [String],
        of noun: String,
        where isAllowed: @escaping @Sendable (UInt8) -> Bool
    ) -> ValueParser {
        ValueParser(
            type: "two \(noun)s, or off",
            examples: examples,
            write: { $0.arguments.map(\.description).joined(separator: " ") }
        ) { text throws(ValueError) in
            guard text != "off" else { return .none }
            let words = text.split(separator: " ").map(String.init)
            guard words.count == 2 else { throw ValueError(reason: "is neither two \(noun)s nor off") }
            let (old, new) = (
                try ReplacedText.expression(words[0], where: isAllowed),
                try ReplacedText.expression(words[1], mayBePattern: false, where: isAllowed)
            )
            return .replacing(old, with: new)
        }
    }
}

/// A text that nginx looks for in what backends say, or puts in its place.
private enum ReplacedText {
    static func expression(
        _ text: String,
        mayBePattern: Bool = true,
        where isAllowed: (UInt8) -> Bool = \.isURLCharacter
    ) throws(ValueError) -> Expression {
        if let character = text.first(where: { !($0.asciiValue.map(isAllowed) ?? false) }) {
            throw ValueError(reason: "holds '\("\(character)".excerpt)', which is not allowed there")
        }
        // nginx reads such a text as a regular expression, and refuses all of its configuration for a wrong one.
        if mayBePattern, text.hasPrefix("~") {
            do throws(RegularExpressionError) {
                _ = try RegularExpression(String(text.dropFirst()), matchLimit: ExpressionBudget.limit(of: 1))
            } catch {
                throw ValueError(reason: "is no regular expression: \(error.message) at offset \(error.offset)")
            }
        }
        guard !text.isEmpty, let expression = Expression(literal: text) else {
            throw ValueError(reason: text.isEmpty ? "is empty" : "is too long")
        }
        return expression
    }
}
