package import NginxSyntax

/// A redirect of plain HTTP to the same URL by HTTPS.
package struct HTTPSRedirect: Sendable, Hashable {
    package var status: StatusCode
    /// Whether a final slash of the URL stays.
    ///
    /// ingress-nginx cuts it, and its users' links rely on where that leads.
    package var keepsSlash: Bool
    /// The port that the URL names; `nil` names none, and so leads to 443.
    package var port: PortNumber?

    package init(status: StatusCode, keepsSlash: Bool = false, port: PortNumber? = nil) {
        self.status = status
        self.keepsSlash = keepsSlash
        self.port = port
    }

    package static let permanentRedirect = HTTPSRedirect(status: .permanentRedirect)
    package static let found = HTTPSRedirect(status: .found)

    /// The URL, in nginx's variables.
    package var url: Expression {
        let host: [Expression.Part] = [.literal("https://"), .variable(.requestHost)]
        let port: [Expression.Part] = port.map { [.literal(":\($0)")] } ?? []
        return Expression(parts: host + port + [.variable(keepsSlash ? .requestURI : .httpsURI)]) ?? .empty
    }
}

extension VariableName {
    /// The path and the query of a request without a final slash.
    package static let httpsURI = VariableName(known: "https_uri")
    /// The host of a request, in lower case and without a port.
    package static let requestHost = VariableName(known: "host")
    /// The host of a request as its client wrote it, with its port, where that is the one that it was routed by.
    package static let requestedHost = VariableName(known: "requested_host")
    /// The port that a request came to.
    package static let serverPort = VariableName(known: "server_port")
}
