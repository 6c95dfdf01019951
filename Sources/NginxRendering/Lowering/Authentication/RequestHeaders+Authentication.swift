import NginxSyntax
import ProxyConfiguration

extension RequestHeaders {
    /// The headers that tell a service of a request, beside those that backends get.
    ///
    /// Nothing of it is what a client says of itself, but for headers that it is free to send.
    static func asking(_ authentication: Authentication) -> RequestHeaders {
        RequestHeaders([
            RequestHeader(HeaderName(known: "Host"), authentication.host),
            // The question has no body, and is no start of another protocol.
            RequestHeader(HeaderName(known: "Content-Length"), .empty),
            RequestHeader(HeaderName(known: "Transfer-Encoding"), .empty),
            RequestHeader(HeaderName(known: "Upgrade"), .empty),
            RequestHeader(HeaderName(known: "Connection"), .empty),
            // As with ingress-nginx: a service that sends plain HTTP to HTTPS would answer so of every request.
            RequestHeader(HeaderName(known: "X-Forwarded-Proto"), .empty),
            RequestHeader(HeaderName(known: "X-Forwarded-Uri"), Expression(.requestURI)),
            RequestHeader(HeaderName(known: "X-Forwarded-Method"), Expression(.requestMethod)),
            RequestHeader(HeaderName(known: "X-Original-URL"), .originalURL),
            RequestHeader(HeaderName(known: "X-Original-URI"), Expression(.requestURI)),
            RequestHeader(HeaderName(known: "X-Original-Method"), Expression(.requestMethod)),
            RequestHeader(HeaderName(known: "X-Sent-From"), .senderName),
            RequestHeader(
                HeaderName(known: "X-Auth-Request-Redirect"),
                authentication.redirect ?? Expression(.requestURI)
            ),
        ]).overridden(by: authentication.requestHeaders)
    }

    /// Keeps from backends the password that nginx has checked.
    static let withoutPassword = RequestHeaders([RequestHeader(HeaderName(known: "Authorization"), .empty)])

    /// The headers that tell a backend of the answer, in place of whatever a client sends under their names.
    static func answered(to authentication: Authentication) -> RequestHeaders {
        RequestHeaders(
            authentication.responseHeaders.indices.map { index in
                RequestHeader(authentication.responseHeaders[index], Expression(.authenticationHeader(index)))
            }
        )
    }
}

extension Expression {
    fileprivate static var originalURL: Expression {
        Expression(known: [.variable(.scheme), .literal("://"), .variable(.requestedHost), .variable(.requestURI)])
    }

    /// The name that services of ingress-nginx's users know.
    fileprivate static var senderName: Expression { Expression(known: "nginx-ingress-controller") }
}
