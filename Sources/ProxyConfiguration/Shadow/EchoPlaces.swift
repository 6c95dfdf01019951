package import NginxSyntax

/// Where the echo of a shadow listens: a place for each way to speak with it.
///
/// nginx can be asked by no FastCGI, so that HTTP stands for it.
package struct EchoPlaces: Sendable, Hashable {
    package var http: SocketAddress
    package var https: SocketAddress
    package var grpc: SocketAddress
    package var grpcs: SocketAddress

    package init(http: SocketAddress, https: SocketAddress, grpc: SocketAddress, grpcs: SocketAddress) {
        (self.http, self.https, self.grpc, self.grpcs) = (http, https, grpc, grpcs)
    }

    /// The place for a protocol, as a shadow speaks it.
    func place(for transport: BackendTransport) -> SocketAddress {
        switch transport.shadowForm.speaks {
        case .http, .fastCGI: http
        case .https, .automatic: https
        case .grpc: grpc
        case .grpcs: grpcs
        }
    }
}

extension BackendTransport {
    /// How the echo is spoken with in place of a backend.
    ///
    /// It listens at one place for each backend, so that what the client speaks decides nothing: TLS is spoken always.
    var shadowForm: BackendTransport {
        var shadow = self
        if speaks == .automatic { shadow.speaks = .https }
        // The echo's certificate is none of the backend's authorities'.
        if tls.verifies { shadow.tls.verifies = false }
        return shadow
    }
}
