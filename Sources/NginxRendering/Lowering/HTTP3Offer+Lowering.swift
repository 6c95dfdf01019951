import NginxSyntax
import ProxyConfiguration

extension HTTP3Offer {
    private static let headerName = HeaderName(known: "Alt-Svc")
    private static let variable = VariableName(known: "alternative_service")

    /// The header on responses by HTTPS that tells clients of it, in place of what backends say of ports of their own.
    ///
    /// See [RFC 7838](https://www.rfc-editor.org/rfc/rfc7838#section-3). Clients remember it for a day.
    static let headers = ResponseHeaders(
        hidden: [headerName],
        added: [ResponseHeader(headerName, Expression(variable))]
    )

    /// The variable that holds the header's value.
    var declaration: SharedDeclaration? {
        guard let value = Expression(literal: "h3=\":\(publicPort)\"; ma=86400") else { return nil }
        let map = MapContext(Expression(.https), [(.fallback, .empty), (.literal(Text(known: "on")), value)])
        return SharedDeclaration(.map(map), of: .alternativeService, as: Self.variable)
    }
}

extension HTTPSettings {
    /// The headers of all responses, with the one that offers HTTP/3.
    var allResponseHeaders: ResponseHeaders {
        http3 == nil ? responseHeaders : HTTP3Offer.headers.with(responseHeaders)
    }
}
