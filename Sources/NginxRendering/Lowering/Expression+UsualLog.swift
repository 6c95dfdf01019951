import NginxSyntax
import ProxyConfiguration

extension Expression {
    /// The line of `log.tmpl` where nginx's own variables do not know all clients.
    static let usualLog = Expression(known: [
        .variable(.remoteAddress), .literal(" - "), .variable("remote_user"), .literal(" ["), .variable("time_local"),
        .literal("] \""), .variable("request"), .literal("\" "), .variable("status"), .literal(" "),
        .variable("body_bytes_sent"), .literal(" \""), .variable("http_referer"), .literal("\" \""),
        .variable("http_user_agent"), .literal("\" "), .variable("request_length"), .literal(" "),
        .variable("request_time"),
        .literal(" ["), .variable("proxy_upstream_name"), .literal("] ["), .variable(canary),
        .literal("] "), .variable("upstream_addr"), .literal(" "), .variable("upstream_response_length"), .literal(" "),
        .variable("upstream_response_time"), .literal(" "), .variable("upstream_status"), .literal(" "),
        .variable("request_identifier"),
    ])

    /// The same for a log in which no line has a canary: its name is asked for in vain, which costs each request.
    var withoutCanary: Expression {
        let parts = parts.filter { $0 != .variable(Self.canary) }
        return parts.isEmpty ? self : Expression(parts: parts) ?? self
    }

    private static let canary = VariableName(known: "proxy_alternative_upstream_name")
}

extension Expression.Part {
    fileprivate static func variable(_ name: StaticString) -> Expression.Part { .variable(VariableName(known: name)) }
}
