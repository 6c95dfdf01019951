import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `forwarding.tmpl` can name: which proxies are believed, and what follows from what they say.
struct ForwardingContext: TemplateContext {
    static let name = "Forwarding"

    var forwarding: Forwarding
    /// Where nginx hands connections over to itself; `nil` where it hands none over.
    var sockets: TLSPassthrough.Sockets?

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
        if forwarding.readsProxyLines { return .remoteAddress }
        return forwarding.believesOwnSocket ? .peerAddress : .realPeerAddress
    }

    static let fields: [TemplateField<Self>] = [
        .list("proxies") { $0.forwarding.proxies },
        .argument("addressHeader") { $0.forwarding.addressHeader },
        .flag("believesOwnSocket") { $0.forwarding.believesOwnSocket },
        .flag("separatesProxies") { $0.forwarding.separatesProxies && $0.sockets != nil },
        .argument("https") { MapKey(socket: $0.sockets?.https) },
        .argument("throughProxies") { MapKey(socket: $0.sockets?.proxies) },
        .flag("readsProxyLines") { $0.forwarding.readsProxyLines },
        .argument("lastProxy") { Expression($0.lastProxy) },
        .flag("sendsURL") { $0.forwarding.sendsURL },
        .flag("passesAddresses") { $0.forwarding.passesAddresses },
        .argument("addressSource") { $0.addressSource },
        .argument("addresses") { $0.addresses },
    ]
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

extension MapKey {
    /// The address of a Unix socket where a connection came in.
    ///
    /// An expression, because nginx's table for texts has no room for long ones by default.
    fileprivate init(socket: FilePath?) {
        let pattern = "^\(RegularExpression.escaping(Text(socket: socket).value))$"
        let expression = try? RegularExpression(pattern)
        self = expression.map { .expression($0, ignoresCase: false) } ?? .literal(Text(known: ""))
    }
}
