import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension SnippetReader {
    /// One act of a script: `set`, `return`, `rewrite` or `break`.
    mutating func act(_ directive: Directive) throws(SnippetRefusal) -> RequestAct {
        let words = directive.arguments
        switch directive.name {
        case "set":
            guard words.count == 2 else { throw SnippetRefusal("it takes a variable and a text") }
            let value = try scope.expression(words[1], .ofSteps)
            let url = try? redirectTarget(words[1])
            let isKnown = scope.own[String(words[0].dropFirst())] != nil
            let variable = try scope.set(words[0])
            if url == nil { scope.urls.remove(variable) } else if !isKnown { scope.urls.insert(variable) }
            return .set(variable, url ?? value)
        case "return": return try answer(words)
        case "rewrite": return .rewrite(try rewrite(words))
        default:
            guard words.isEmpty else { throw SnippetRefusal("it takes nothing") }
            try checkPassesOn()
            return .stop
        }
    }

    private func answer(_ words: [String]) throws(SnippetRefusal) -> RequestAct {
        guard let first = words.first, words.count <= 2 else { throw SnippetRefusal("it takes a status and a text") }
        guard let code = Int(first) else {
            guard words.count == 1 else { throw SnippetRefusal("'\(first.excerpt)' is no status") }
            return .redirect(.found, to: try redirectTarget(first))
        }
        guard let status = StatusCode(code), code >= 200 else {
            throw SnippetRefusal("\(code) is no status of an answer")
        }
        guard words.count == 2 else { return .answer(status, nil) }
        guard ![301, 302, 303, 307, 308].contains(code) else {
            return .redirect(status, to: try redirectTarget(words[1]))
        }
        var lines: [Expression] = []
        for line in words[1].split(separator: "\n", omittingEmptySubsequences: false) {
            lines.append(try scope.expression(String(line), .ofSteps))
        }
        guard let text = TextLines(lines) else { throw SnippetRefusal("its text is too long") }
        return .answer(status, text)
    }

    private mutating func rewrite(_ words: [String]) throws(SnippetRefusal) -> PathRewrite {
        guard words.count == 2 || words.count == 3 else {
            throw SnippetRefusal("it takes an expression, a path or a URL, and a flag")
        }
        let flag = words.count == 3 ? words[2] : nil
        guard let then = flag.map({ PathRewrite.Consequence(rawValue: $0) }) ?? .next, flag != "next" else {
            throw SnippetRefusal("'\(words[2].excerpt)' is no flag of it")
        }
        let pattern = try Self.expression(words[0])
        let target = words[1]
        scope.groups = .path(pattern.captureCount)
        defer { scope.groups = .none }
        guard !Self.schemes.contains(where: target.hasPrefix) else {
            let url = try redirectTarget(target, takesPath: true)
            return PathRewrite(pattern, to: url, then: then == .permanent ? .permanent : .redirect)
        }
        guard target.hasPrefix("/") && !target.hasPrefix("//") || target.hasPrefix("$1") else {
            // By it an encoded slash is to stay one, which needs a 'proxy_pass' of the snippet's own as well.
            let advice = "backends get paths as clients send them where nothing rewrites these"
            throw SnippetRefusal(
                "'\(target.excerpt)' begins with neither '/', '$1' nor a scheme",
                advice: target == "$request_uri" ? advice : nil
            )
        }
        if then == .break { try checkPassesOn() }
        let isPassedOn = then == .break || then == .last
        let text = try scope.expression(target, isPassedOn ? .ofPaths : .ofSteps, takesPath: true)
        // Versions of nginx that are still in use write behind the end of a text then (CVE-2026-42945).
        let isAtRisk = then == .next && target.contains("?") && text.holdsGroups
        if isAtRisk {
            throw SnippetRefusal(
                "a target with a query and groups needs a flag",
                advice: "end it with 'last' or 'break'"
            )
        }
        return PathRewrite(pattern, to: text, then: then)
    }

    /// Refuses what has requests passed on where nothing is.
    private func checkPassesOn() throws(SnippetRefusal) {
        guard place != .serverLocation else { throw SnippetRefusal("nothing is passed on there") }
    }

    /// The beginnings of URLs.
    static let schemes = ["http://", "https://", "$scheme://"]

    /// A URL, or an absolute path, where clients are sent to.
    ///
    /// A client that chooses the host could send others anywhere.
    func redirectTarget(_ text: String, takesPath: Bool = false) throws(SnippetRefusal) -> Expression {
        guard text.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
            throw SnippetRefusal("'\(text.excerpt)' is no URL")
        }
        let whole = try scope.expression(text, .ofSteps, takesPath: takesPath)
        if let variable = whole.onlyVariable, scope.urls.contains(variable) || variable == .requestURI { return whole }
        guard let scheme = Self.schemes.first(where: text.hasPrefix) else {
            // Two slashes, or one and a backslash, begin another host for browsers.
            let isPath = text.hasPrefix("/") && !["//", "/\\", "/$"].contains { text.hasPrefix($0) }
            guard isPath || text.hasPrefix("$request_uri") else {
                throw SnippetRefusal(
                    "'\(text.excerpt)' begins with neither '/', 'http://', 'https://' nor '$scheme://'"
                )
            }
            return whole
        }
        let rest = try scope.expression(String(text.dropFirst(scheme.count)), .ofSteps, takesPath: takesPath)
        try checkHost(at: rest.parts)
        return whole
    }

    private func checkHost(at parts: [Expression.Part]) throws(SnippetRefusal) {
        var isEmpty = true
        loop: for part in parts {
            switch part {
            case .literal(let text):
                let host = text.prefix { !"/?#".contains($0) }
                isEmpty = isEmpty && host.isEmpty
                if host.count < text.count { break loop }
            case .variable(.requestURI): break loop
            case .variable(.requestHost), .variable(.requestedHost): isEmpty = false
            case .variable(let name):
                guard name.isCapture, case .host = scope.groups else {
                    throw SnippetRefusal("it takes a part of the request into the URL's host")
                }
                isEmpty = false
            }
        }
        if isEmpty { throw SnippetRefusal("the URL has no host") }
    }

    /// A regular expression of a snippet.
    static func expression(_ text: String) throws(SnippetRefusal) -> RegularExpression {
        do throws(ValueError) { return try RegularExpression(ofSetting: text) } catch {
            throw SnippetRefusal(error, of: text)
        }
    }
}

extension Expression {
    fileprivate var holdsGroups: Bool {
        parts.contains { if case .variable(let name) = $0 { name.isCapture } else { false } }
    }
}
