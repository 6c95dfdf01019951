package import Diagnostics
package import Incremental
package import NginxSyntax

/// A port of TCP or UDP whose bytes nginx passes on, whatever they say.
package struct StreamServer: Sendable, Hashable {
    package enum Transport: String, Sendable, Hashable, CaseIterable {
        case tcp
        case udp
    }

    package var transport: Transport
    /// The port, by which with the transport users know it; a shadow listens elsewhere.
    package var port: PortNumber
    /// Where nginx takes connections, or datagrams.
    package var addresses: [SocketAddress]
    package var origin: ObjectReference?
    /// The name of the port of the Service that serves it, such as `tcp_shop_db_5432`; two servers may share it.
    package var service: Identifier
    package var target: StreamTarget
    /// Whether each connection must begin with a line of the PROXY protocol.
    package var readsProxyLine: Bool
    /// Whether each connection to the Service begins with such a line.
    package var sendsProxyLine: Bool
    /// What snippets say of the port; `nil` where none does.
    package var additions: ByReference<StreamAdditions>?

    package init(
        _ transport: Transport,
        port: PortNumber,
        addresses: [SocketAddress],
        origin: ObjectReference? = nil,
        service: Identifier,
        target: StreamTarget,
        readsProxyLine: Bool = false,
        sendsProxyLine: Bool = false,
        additions: StreamAdditions? = nil
    ) {
        (self.transport, self.port, self.addresses, self.origin) = (transport, port, addresses, origin)
        (self.service, self.target) = (service, target)
        (self.readsProxyLine, self.sendsProxyLine) = (readsProxyLine, sendsProxyLine)
        self.additions = additions.map { ByReference($0) }
    }

    /// The field of the origin that asks for the port.
    package var field: String { additions?.value.field ?? "data[\(port)]" }

    /// The Service's port that serves it, such as `shop/db:5432`, or the addresses where it is that of no one Service.
    package var destinationText: String {
        if let service = BackendName(ofUpstream: service)?.qualifiedService { return service }
        return switch target {
        case .servers(let servers): servers.map(\.description).joined(separator: ", ")
        case .name(let host, let port): "\(host):\(port)"
        }
    }

    /// The name of the port, such as `TCP port 5432`.
    package var portName: String { "\(transport.rawValue.uppercased()) port \(port)" }
}

/// The servers that bytes are passed to.
package enum StreamTarget: Sendable, Hashable {
    /// Never empty: nginx takes no upstream without a server.
    case servers([SocketAddress])
    /// A host whose name is resolved while serving.
    case name(HostName, PortNumber)

    /// The servers; none for a name.
    package var servers: [SocketAddress] { if case .servers(let servers) = self { servers } else { [] } }
}
