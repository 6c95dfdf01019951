package import NginxSyntax

/// Which proxies in front of nginx are believed what they say of clients.
package struct Forwarding: Sendable, Hashable {
    /// The networks of the proxies.
    package var proxies: [CIDRBlock]
    /// The header in which they list the addresses that a request has come from.
    package var addressHeader: HeaderName
    /// Whether they also tell by which scheme, host and port a client has asked.
    package var sendsURL: Bool
    /// Whether backends see the addresses that a proxy lists, with its own behind them, and not the client's alone.
    package var passesAddresses: Bool
    /// Whether they tell the client's address in the line of the PROXY protocol that a connection begins with, and not in a
    /// header.
    package var readsProxyLines = false
    /// Whether nginx itself sends such lines, to Unix sockets of its own where HTTPS is served.
    package var believesOwnSocket = false

    package init(
        proxies: [CIDRBlock],
        addressHeader: HeaderName,
        sendsURL: Bool = false,
        passesAddresses: Bool = false
    ) {
        (self.proxies, self.addressHeader) = (proxies, addressHeader)
        (self.sendsURL, self.passesAddresses) = (sendsURL, passesAddresses)
    }
}

extension Forwarding {
    /// The same where connections come to HTTPS by sockets of nginx's own, each with a line that names the client.
    package static func handedOver(_ forwarding: Forwarding?) -> Forwarding {
        var handed: Forwarding
        if let forwarding {
            handed = forwarding
        } else {
            handed = Forwarding(proxies: [], addressHeader: HeaderName(known: "X-Forwarded-For"))
            handed.readsProxyLines = true
        }
        handed.believesOwnSocket = true
        return handed
    }

    /// Whether clients that come by nginx's own sockets are known by a header, and by the line in front of a connection where
    /// there is none.
    package var namesHandedClientsByHeader: Bool { believesOwnSocket && !readsProxyLines }

    /// Whether those that come through proxies have a socket of their own, because not everybody is believed.
    package var separatesProxies: Bool {
        believesOwnSocket && (sendsURL || !readsProxyLines) && !(proxies.cover(.ipv4) && proxies.cover(.ipv6))
    }
}

extension VariableName {
    /// The scheme by which a client has asked, as far as that is known.
    package static let clientScheme = VariableName(known: "client_scheme")
}
