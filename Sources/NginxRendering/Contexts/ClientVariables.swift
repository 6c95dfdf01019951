import NginxSyntax
import ProxyConfiguration

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
    private(set) var handover = Handover.none

    /// How it is known of whom connections are that nginx hands over to itself.
    enum Handover: Sendable, Hashable {
        /// None are handed over.
        case none
        case byLine
        /// By a header, and by the line in front of the connection where there is none.
        case byHeader
    }

    init(_ forwarding: Forwarding?, isHandedOver: Bool = false) {
        if isHandedOver { handover = forwarding?.namesHandedClientsByHeader ?? false ? .byHeader : .byLine }
        guard forwarding?.sendsURL ?? false else { return }
        scheme = .clientScheme
        host = VariableName(known: "client_host")
        routedHost = VariableName(known: "routed_host")
        listenerPort = VariableName(known: "listener_port")
    }

    /// Whether nginx's own variable of the port is that of ``listenerPort``, which has 443 for all of HTTPS.
    func seesUsualPorts(of listeners: [Listener]) -> Bool {
        listenerPort == VariableName(known: "public_port") && handover == .none
            && listeners.allSatisfy { $0.scheme == .http || $0.address.networkPort?.value == 443 }
    }

    /// The text where the scheme is the one by which the client has asked.
    func asked(_ expression: Expression) -> Expression {
        connected(expression.replacing(.scheme, by: scheme))
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

extension SocketAddress {
    /// `nil` for a socket that has none.
    fileprivate var networkPort: PortNumber? {
        switch self {
        case .internet(_, let port), .port(let port), .anyIPv6(let port): port
        case .unix: nil
        }
    }
}
