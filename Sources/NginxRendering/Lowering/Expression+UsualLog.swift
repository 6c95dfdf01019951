import NginxSyntax
import ProxyConfiguration

extension Expression {
    /// The line of `log.tmpl` where nginx's own variables do not know all clients.
    static func usualLog(_ client: ClientVariables) -> Expression { client.connected(usualLog) }

    private static let usualLog = Expression(known: [
        .variable(.remoteAddress), .literal(" - "), .variable("remote_user"), .literal(" ["), .variable("time_local"),
        .literal("] \""), .variable("request"), .literal("\" "), .variable("status"), .literal(" "),
        .variable("body_bytes_sent"), .literal(" \""), .variable("http_referer"), .literal("\" \""),
        .variable("http_user_agent"), .literal("\" "), .variable("request_length"), .literal(" "),
        .variable("request_time"),
        .literal(" ["), .variable("proxy_upstream_name"), .literal("] ["), .variable("proxy_alternative_upstream_name"),
        .literal("] "), .variable("upstream_addr"), .literal(" "), .variable("upstream_response_length"), .literal(" "),
        .variable("upstream_response_time"), .literal(" "), .variable("upstream_status"), .literal(" "),
        .variable("request_identifier"),
    ])
}

extension Expression.Part {
    fileprivate static func variable(_ name: StaticString) -> Expression.Part { .variable(VariableName(known: name)) }
}
