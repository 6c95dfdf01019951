import NginxSyntax
import ProxyConfiguration

/// A CORS policy as nginx has it: headers of responses, and the requests that nginx answers itself.
///
/// Variables of `http` say all of it, which hold in whatever phase a request ends: responses of nginx's own, such as
/// 413, carry the headers as well.
struct LoweredCORS: Sendable, Hashable {
    var headers: ResponseHeaders
    var declarations: [SharedDeclaration] = []
    /// The variable that is set for requests to answer; `nil` where these are all OPTIONS.
    var preflight: VariableName?

    init(_ policy: CORSPolicy) {
        switch policy.origins {
        case .every: headers = policy.headersForEveryOrigin
        case .listed(let list):
            let variables = CORSVariables(list)
            let values = policy.values.map { ($0.header.name, variables.declaration(of: $0.header, $0.text)) }
            // Caches keep an answer for each origin, also for those that are not allowed.
            let vary = ResponseHeader(HeaderName(known: "Vary"), Expression(known: "Origin"))
            headers = ResponseHeaders(
                hidden: [CORSHeader.allowOrigin.name] + values.map { $0.0 },
                added: [vary, ResponseHeader(CORSHeader.allowOrigin.name, Expression(variables.allowOrigin))]
                    + values.map { ResponseHeader($0, Expression($1.variable)) }
            )
            declarations = variables.declarations + values.map { $0.1 }
            preflight = variables.preflight
        }
    }
}

/// A header of responses by which browsers are told what is allowed.
struct CORSHeader: Sendable {
    let name: HeaderName
    /// The end of the names of variables that hold it.
    let suffix: StaticString
    /// What a backend says in it.
    let saidByBackend: Expression

    static let allowOrigin = CORSHeader("Access-Control-Allow-Origin", "allow_origin")
    static let allowCredentials = CORSHeader("Access-Control-Allow-Credentials", "allow_credentials")
    static let allowMethods = CORSHeader("Access-Control-Allow-Methods", "allow_methods")
    static let allowHeaders = CORSHeader("Access-Control-Allow-Headers", "allow_headers")
    static let exposeHeaders = CORSHeader("Access-Control-Expose-Headers", "expose_headers")
    static let maxAge = CORSHeader("Access-Control-Max-Age", "max_age")

    private init(_ name: StaticString, _ suffix: StaticString) {
        (self.name, self.suffix) = (HeaderName(known: name), suffix)
        saidByBackend = Expression(self.name.responseVariable)
    }
}

extension CORSPolicy {
    /// The headers that stand in place of backends' own beside that of the origin; nginx sends none without a value.
    fileprivate var values: [(header: CORSHeader, text: String)] {
        let exposed: [(header: CORSHeader, text: String)] =
            exposedHeaders.isEmpty ? [] : [(.exposeHeaders, exposedHeaders.text)]
        return [
            (.allowCredentials, allowsCredentials ? "true" : ""), (.allowMethods, methods.text),
            (.allowHeaders, headers.text),
        ] + exposed + [(.maxAge, "\(maxAgeInSeconds)")]
    }

    /// The same for every request, so that no variable is needed.
    fileprivate var headersForEveryOrigin: ResponseHeaders {
        let values = [(header: CORSHeader.allowOrigin, text: "*")] + values
        return ResponseHeaders(
            hidden: values.map(\.header.name),
            added: values.compactMap { header, text in
                text.isEmpty ? nil : Expression(literal: text).map { ResponseHeader(header.name, $0) }
            }
        )
    }
}
