import NginxSyntax
import ProxyConfiguration

extension RequestHeaders {
    /// The headers that tell backends of every request; clients cannot forge them.
    ///
    /// Its variables that are none of nginx's own stand in `headers.tmpl`.
    static let base = RequestHeaders([
        RequestHeader(HeaderName(known: "Host"), Expression(.requestedHost)),
        // The map of the one sets the variable of the other, and nginx evaluates them in this order.
        RequestHeader(HeaderName(known: "Connection"), Expression(VariableName(known: "connection_header"))),
        RequestHeader(HeaderName(known: "Upgrade"), Expression(VariableName(known: "upgrade_header"))),
        RequestHeader(HeaderName(known: "HTTP2-Settings"), .empty),
        RequestHeader(HeaderName(known: "X-Request-ID"), Expression(VariableName(known: "request_identifier"))),
        RequestHeader(HeaderName(known: "X-Real-IP"), Expression(.remoteAddress)),
        RequestHeader(HeaderName(known: "X-Forwarded-For"), Expression(.remoteAddress)),
        RequestHeader(HeaderName(known: "X-Forwarded-Host"), Expression(.requestedHost)),
        RequestHeader(HeaderName(known: "X-Forwarded-Port"), Expression(VariableName(known: "public_port"))),
        RequestHeader(HeaderName(known: "X-Forwarded-Proto"), Expression(.scheme)),
        RequestHeader(HeaderName(known: "X-Forwarded-Scheme"), Expression(.scheme)),
        RequestHeader(HeaderName(known: "X-Scheme"), Expression(.scheme)),
        RequestHeader(
            HeaderName(known: "X-Original-Forwarded-For"),
            Expression(VariableName(known: "http_x_forwarded_for"))
        ),
        RequestHeader(
            HeaderName(known: "X-Original-Forwarded-Host"),
            Expression(VariableName(known: "http_x_forwarded_host"))
        ),
        RequestHeader(HeaderName(known: "Proxy"), .empty),
    ])

    /// The headers where nginx itself knows the port that clients see.
    static let baseAtUsualPorts = base.overridden(
        by: RequestHeaders([RequestHeader(HeaderName(known: "X-Forwarded-Port"), Expression(.serverPort))])
    )

    /// The headers that tell the echo of a shadow in addition whom it stands for.
    static let ofShadow = RequestHeaders([
        RequestHeader(HeaderName(known: "X-Postern-Upstream"), Expression(VariableName(known: "proxy_host")))
    ])
}

extension VariableName {
    static let remoteAddress = VariableName(known: "remote_addr")
}
