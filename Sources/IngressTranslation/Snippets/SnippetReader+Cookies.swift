import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension SnippetReader {
    /// Reads the Lua by which clients get a cookie that a service has split for its length, as
    /// [oauth2-proxy's documentation](https://oauth2-proxy.github.io/oauth2-proxy/configuration/integration) has it.
    ///
    /// No other code is taken, however alike.
    mutating func readLaterCookie(_ directive: Directive) throws(SnippetRefusal) {
        guard let code = directive.code, let (cookie, name) = Self.laterCookie(in: code) else {
            let isAboutCookies = directive.code?.contains("Set-Cookie") ?? false
            throw SnippetRefusal(
                SnippetAdvice.refusal(of: directive).reason,
                advice: isAboutCookies
                    ? "it is read as oauth2-proxy's documentation has it, for one cookie; nginx from 1.23 needs none of it"
                    : nil
            )
        }
        let isValue = snippet.answers.contains { answer in
            answer.name == name && answer.answer.value.value == "upstream_cookie_\(cookie.value.lowercased())"
        }
        guard isValue, let value = scope.own[name] else {
            throw SnippetRefusal(
                "no 'auth_request_set' before it sets '$\(name.excerpt)' to '$upstream_cookie_\(cookie.value.excerpt)'"
            )
        }
        snippet.script.laterCookies.append(.init(cookie, value, as: try scope.nextDeclared()))
    }

    /// The cookie's name, and that of the variable with its value; `nil` for any other code.
    static func laterCookie(in code: String) -> (CookieName, String)? {
        let text = String(code.filter { !$0.isWhitespace })
        guard let name = text.between("ifngx.var.", "~="), !name.isEmpty else { return nil }
        let beginning = "ifngx.var.\(name)~=\"\"thenngx.header[\"Set-Cookie\"]=\""
        let end = "=\"..ngx.var.\(name)..ngx.var.auth_cookie:match(\"(;.*)\")end"
        guard text.hasPrefix(beginning), text.hasSuffix(end), text.count > beginning.count + end.count else {
            return nil
        }
        let cookie = CookieName(String(text.dropFirst(beginning.count).dropLast(end.count)))
        return cookie.flatMap { VariableName(name) == nil ? nil : ($0, name) }
    }
}

extension String {
    /// What stands between a beginning of it and what comes first behind that.
    fileprivate func between(_ beginning: String, _ end: String) -> String? {
        guard hasPrefix(beginning) else { return nil }
        return dropFirst(beginning.count).firstRange(of: end).map {
            String(self[..<$0.lowerBound].dropFirst(beginning.count))
        }
    }
}
