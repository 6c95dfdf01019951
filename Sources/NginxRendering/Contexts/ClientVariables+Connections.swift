import NginxSyntax
import ProxyConfiguration

/// Values in which the variables of connections are those that know of handed over ones as well.
extension ClientVariables {
    /// Variables of connections in place of nginx's own, which know nothing of those that nginx handed over to itself.
    var ofConnections: [(nginx: VariableName, known: VariableName)] {
        switch handover {
        case .none: []
        case .byLine: Self.ofLine
        // Until nginx has found a location it knows nobody who is named by the line alone.
        case .byHeader: Self.ofLine + [(.remoteAddress, .clientAddress)]
        }
    }

    private static let ofLine = [
        (nginx: VariableName.serverPort, known: VariableName.listenPort), (.realPeerAddress, .peerAddress),
    ]

    /// The client's address.
    var address: VariableName { connected(.remoteAddress) }

    func connected(_ variable: VariableName) -> VariableName {
        ofConnections.first { $0.nginx == variable }?.known ?? variable
    }

    func connected(_ expression: Expression) -> Expression {
        ofConnections.reduce(expression) { $0.replacing($1.nginx, by: $1.known) }
    }

    func connected(_ headers: RequestHeaders) -> RequestHeaders {
        guard handover != .none else { return headers }
        return RequestHeaders(headers.headers.map { RequestHeader($0.name, connected($0.value)) })
    }

    func connected(_ headers: ResponseHeaders) -> ResponseHeaders {
        guard handover != .none else { return headers }
        return ResponseHeaders(
            hidden: headers.hidden,
            added: headers.added.map { ResponseHeader($0.name, connected($0.value), isAlways: $0.isAlways) }
        )
    }

    func connected(_ parameters: FastCGIParameters) -> FastCGIParameters {
        guard handover != .none else { return parameters }
        return FastCGIParameters(
            parameters.parameters.map { parameter in
                var connected = parameter
                connected.value = self.connected(parameter.value)
                return connected
            }
        )
    }

    func connected(_ declarations: [SharedDeclaration]) -> [SharedDeclaration] {
        handover == .none ? declarations : declarations.map { $0.connected(by: self) }
    }
}

extension VariableName {
    static let listenPort = VariableName(known: "listen_port")
    /// The address of who has connected, where nginx takes a client's from elsewhere.
    static let realPeerAddress = VariableName(known: "realip_remote_addr")
    static let peerAddress = VariableName(known: "peer_address")
    static let clientAddress = VariableName(known: "client_addr")
}
