import NginxSyntax
import ProxyConfiguration

extension FastCGIParameters {
    /// All that a backend is told: of the request, by its headers, and by the Ingress.
    ///
    /// - Parameter headers: What backends that speak HTTP are told.
    init(_ headers: RequestHeaders, _ own: FastCGI?, _ client: ClientVariables) {
        var parameters = Self.base(client)
        for header in headers.headers { parameters.set(header) }
        self = parameters.overridden(by: own.map { client.connected($0.parameters) } ?? FastCGIParameters())
    }

    /// Sets the parameter of a header, which stands for all headers of clients that come to the same name.
    ///
    /// One that has been set before counts where the other one only takes a header away.
    private mutating func set(_ header: RequestHeader) {
        let isOfConnection = RequestHeaders.ofConnections.contains(header.name.lowercased)
        // Two proxies that speak HTTP agree by it; a program must not take itself for one.
        let value = isOfConnection ? Expression.empty : header.value
        let name = Identifier(parameterOf: header.name)
        guard value != .empty || !parameters.contains(where: { $0.name == name }) else { return }
        set(FastCGIParameter(name, value, isLeftOutIfEmpty: true))
    }

    /// The parameters that [RFC 3875](https://www.rfc-editor.org/rfc/rfc3875#section-4.1) names, and those that are usual
    /// beside them, as the file `fastcgi_params` of nginx has them.
    ///
    /// The host is the one that is asked for, where that file has the name of nginx's server, which for wildcards is
    /// no host; the port is the one that clients see.
    private static func base(_ client: ClientVariables) -> FastCGIParameters {
        func variable(_ name: StaticString) -> Expression { Expression(VariableName(known: name)) }
        let software = Expression(known: [.literal("nginx/"), .variable(VariableName(known: "nginx_version"))])
        let parameters: [FastCGIParameter] = [
            FastCGIParameter(Identifier(known: "QUERY_STRING"), variable("query_string")),
            FastCGIParameter(Identifier(known: "REQUEST_METHOD"), variable("request_method")),
            FastCGIParameter(Identifier(known: "CONTENT_TYPE"), variable("content_type")),
            FastCGIParameter(Identifier(known: "CONTENT_LENGTH"), variable("content_length")),
            FastCGIParameter(Identifier(known: "SCRIPT_NAME"), variable("fastcgi_script_name")),
            FastCGIParameter(Identifier(known: "REQUEST_URI"), variable("request_uri")),
            FastCGIParameter(Identifier(known: "DOCUMENT_URI"), variable("document_uri")),
            FastCGIParameter(Identifier(known: "DOCUMENT_ROOT"), variable("document_root")),
            FastCGIParameter(Identifier(known: "SERVER_PROTOCOL"), variable("server_protocol")),
            FastCGIParameter(Identifier(known: "REQUEST_SCHEME"), Expression(client.scheme)),
            FastCGIParameter(Identifier(known: "HTTPS"), Expression(.https), isLeftOutIfEmpty: true),
            FastCGIParameter(Identifier(known: "GATEWAY_INTERFACE"), Expression(known: "CGI/1.1")),
            FastCGIParameter(Identifier(known: "SERVER_SOFTWARE"), software),
            FastCGIParameter(Identifier(known: "REMOTE_ADDR"), Expression(client.address)),
            FastCGIParameter(Identifier(known: "REMOTE_PORT"), variable("remote_port")),
            FastCGIParameter(Identifier(known: "SERVER_ADDR"), variable("server_addr")),
            FastCGIParameter(Identifier(known: "SERVER_PORT"), variable("public_port")),
            FastCGIParameter(Identifier(known: "SERVER_NAME"), Expression(.host)),
            // PHP that was built for CGI refuses requests without it.
            FastCGIParameter(Identifier(known: "REDIRECT_STATUS"), Expression(known: "200")),
        ]
        return FastCGIParameters(parameters)
    }
}
