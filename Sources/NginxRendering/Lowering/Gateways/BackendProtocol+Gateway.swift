import NginxSyntax
import ProxyConfiguration

extension BackendProtocol {
    /// The module that speaks it; `nil` for proxy.
    var gateway: Gateway? {
        switch self {
        case .http, .https, .automatic: nil
        case .grpc, .grpcs: .grpc
        case .fastCGI: .fastCGI
        }
    }
}

extension RequestHeaders {
    /// The headers as HTTP/2 takes them, which has none that are about a connection.
    ///
    /// nginx's own default leaves those out that a client sends.
    var overGRPC: RequestHeaders { RequestHeaders(headers.filter { !Self.ofConnections.contains($0.name.lowercased) }) }

    static let ofConnections: Set = [
        "connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade",
    ]

    /// The headers of other modules than proxy that tell the echo of a shadow whom it stands for.
    static func probing(_ name: Expression) -> RequestHeaders {
        RequestHeaders([RequestHeader(HeaderName(known: "X-Postern-Upstream"), name)])
    }
}
