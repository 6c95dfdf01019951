import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `forwarding.tmpl` can name: which proxies are believed, and what follows from what they say.
struct ForwardingContext: TemplateContext {
    static let name = "Forwarding"

    var forwarding: Forwarding

    /// The addresses that a proxy lists, where it is believed.
    private var addressSource: Expression {
        let header = forwarding.addressHeader.requestVariable
        let isForwarded = VariableName(known: "is_forwarded")
        return Expression(parts: [.variable(isForwarded), .literal(" "), .variable(header)]) ?? .empty
    }

    /// The addresses that a proxy lists, and its own.
    private var addresses: Expression {
        let header = forwarding.addressHeader.requestVariable
        return Expression(parts: [.variable(header), .literal(", "), .variable(lastProxy)]) ?? .empty
    }

    /// The address that nginx puts behind those: a proxy's own, or the client's where a line names it.
    private var lastProxy: VariableName {
        VariableName(known: forwarding.readsProxyLines ? "remote_addr" : "realip_remote_addr")
    }

    static let fields: [TemplateField<Self>] = [
        .list("proxies") { $0.forwarding.proxies },
        .argument("addressHeader") { $0.forwarding.addressHeader },
        .flag("believesOwnSocket") { $0.forwarding.believesOwnSocket },
        .flag("readsProxyLines") { $0.forwarding.readsProxyLines },
        .argument("lastProxy") { Expression($0.lastProxy) },
        .flag("sendsURL") { $0.forwarding.sendsURL },
        .flag("passesAddresses") { $0.forwarding.passesAddresses },
        .argument("addressSource") { $0.addressSource },
        .argument("addresses") { $0.addresses },
    ]
}

/// The variables that tell how a client has asked: nginx's own, or those that count in what proxies say.
struct ClientVariables: Sendable, Hashable {
    /// `http` or `https`.
    var scheme = VariableName.scheme
    /// The host without a port, for redirects.
    var host = VariableName.requestHost
    /// The host by which a request was routed, as it was written; the one that clients have asked for may be another.
    var routedHost = VariableName.requestedHost
    /// The port where a request came in.
    var listenerPort = VariableName(known: "public_port")
    /// The port where a connection came in, of which nginx's own variable has nothing where nginx handed it over.
    var connectedPort = VariableName.serverPort

    init(_ forwarding: Forwarding?, isHandedOver: Bool = false) {
        if isHandedOver { connectedPort = VariableName(known: "listen_port") }
        guard forwarding?.sendsURL ?? false else { return }
        scheme = .clientScheme
        host = VariableName(known: "client_host")
        routedHost = VariableName(known: "routed_host")
        listenerPort = VariableName(known: "listener_port")
    }

    /// The text where the scheme is the one by which the client has asked.
    func asked(_ expression: Expression) -> Expression {
        connected(expression.replacing(.scheme, by: scheme))
    }

    /// The text as it is of a connection that nginx handed over.
    func connected(_ expression: Expression) -> Expression {
        expression.replacing(.serverPort, by: connectedPort)
    }

    func connected(_ headers: ResponseHeaders) -> ResponseHeaders {
        guard connectedPort != .serverPort else { return headers }
        return ResponseHeaders(
            hidden: headers.hidden,
            added: headers.added.map { ResponseHeader($0.name, connected($0.value), isAlways: $0.isAlways) }
        )
    }

    func connected(_ headers: RequestHeaders) -> RequestHeaders {
        guard connectedPort != .serverPort else { return headers }
        return RequestHeaders(headers.headers.map { RequestHeader($0.name, connected($0.value)) })
    }

    func connected(_ parameters: FastCGIParameters) -> FastCGIParameters {
        guard connectedPort != .serverPort else { return parameters }
        return FastCGIParameters(
            parameters.parameters.map { parameter in
                var connected = parameter
                connected.value = self.connected(parameter.value)
                return connected
            }
        )
    }

    func connected(_ map: VariableMap) -> VariableMap {
        guard connectedPort != .serverPort else { return map }
        var connected = map
        connected.source = self.connected(map.source)
        for index in map.entries.indices { connected.entries[index].value = self.connected(map.entries[index].value) }
        return connected
    }

    /// The same of other variables that a script looks at.
    func connected(_ variable: VariableName) -> VariableName {
        variable == .serverPort ? connectedPort : variable
    }

    func asked(_ headers: RequestHeaders) -> RequestHeaders {
        RequestHeaders(headers.headers.map { RequestHeader($0.name, asked($0.value)) })
    }

    func asked(_ authentication: Authentication) -> Authentication {
        var asked = authentication
        asked.target = self.asked(authentication.target)
        asked.signIn = authentication.signIn.map { self.asked($0) }
        return asked
    }

    /// Where a redirect to HTTPS leads.
    func url(of redirect: HTTPSRedirect) -> Expression { redirect.url.replacing(.requestHost, by: host) }
}

extension Forwarding {
    /// The headers for backends in place of those where no proxy stands in front of nginx.
    var requestHeaders: RequestHeaders {
        var headers = RequestHeaders()
        if sendsURL {
            for name in ["X-Forwarded-Proto", "X-Forwarded-Scheme", "X-Scheme"].compactMap({ HeaderName($0) }) {
                headers.set(RequestHeader(name, Expression(.clientScheme)))
            }
        }
        if passesAddresses {
            let addresses = Expression(VariableName(known: "forwarded_addresses"))
            headers.set(RequestHeader(HeaderName(known: "X-Forwarded-For"), addresses))
        }
        return headers
    }

    /// How many variables `forwarding.tmpl` declares, those of its expressions included.
    var variableCount: Int { (sendsURL ? 9 : 0) + (passesAddresses ? 1 : 0) + 1 }
}
