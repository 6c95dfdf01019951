import NginxSyntax
import ProxyConfiguration

extension StrictTransportSecurity {
    private static let headerName = HeaderName(known: "Strict-Transport-Security")

    /// The header on responses by HTTPS, in place of what backends say on any.
    var headers: ResponseHeaders {
        ResponseHeaders(
            hidden: [Self.headerName],
            added: variable.map { [ResponseHeader(Self.headerName, Expression($0))] } ?? []
        )
    }

    /// The variable that holds the header's value for a request by HTTPS.
    var declaration: SharedDeclaration? {
        guard let variable, let value = Expression(literal: headerValue) else { return nil }
        let map = MapContext(Expression(.https), [(.fallback, .empty), (.literal(Text(known: "on")), value)])
        return SharedDeclaration(.map(map), of: .transportSecurity, as: variable)
    }

    /// Another one for each policy, and the same one always.
    ///
    /// Short, because nginx by default has room for names of some forty bytes.
    private var variable: VariableName? {
        VariableName("hsts_\(maxAgeInSeconds)\(includesSubdomains ? "_subdomains" : "")\(preloads ? "_preload" : "")")
    }
}
