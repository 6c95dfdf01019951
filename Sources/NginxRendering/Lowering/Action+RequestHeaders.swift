import NginxSyntax
import ProxyConfiguration

extension Location.Action {
    /// The headers about where a request came from, in place of those of the location; `nil` for none.
    var backendHeaders: RequestHeaders? {
        guard case .proxy(let proxying) = self,
            proxying.host != nil || proxying.forwardedPrefix != nil || proxying.standsInFor != nil
        else { return nil }
        var headers = RequestHeaders()
        if let source = proxying.standsInFor { headers = .sending(source, status: Expression(known: "503")) }
        if let host = proxying.host { headers.set(RequestHeader(HeaderName(known: "Host"), host)) }
        if let prefix = proxying.forwardedPrefix {
            let value = prefix.holdsGroups ? Expression(VariableName(known: "forwarded_prefix")) : prefix
            headers.set(RequestHeader(HeaderName(known: "X-Forwarded-Prefix"), value))
        }
        return headers
    }

    /// The prefix where it holds groups of the location's expression.
    ///
    /// They are those of whichever expression nginx has matched last, and so are taken before the next one. `set` escapes
    /// them where the request's path is escaped, so that no line break in it begins a header of its own.
    var prefixWithGroups: Expression? {
        guard case .proxy(let proxying) = self, let prefix = proxying.forwardedPrefix, prefix.holdsGroups else {
            return nil
        }
        return prefix
    }
}

extension Expression {
    fileprivate var holdsGroups: Bool {
        parts.contains { if case .variable(let name) = $0 { name.isCapture } else { false } }
    }
}
