/// How requests travel to a backend.
///
/// Kept connections serve requests that travel alike, and no others: it is part of an upstream's policy.
package struct BackendTransport: Sendable, Hashable {
    package var speaks: BackendProtocol
    /// How TLS is spoken, where it is.
    package var tls: BackendTLS

    package init(_ speaks: BackendProtocol = .http, tls: BackendTLS = BackendTLS()) {
        self.speaks = speaks
        self.tls = tls
    }

    /// Plain HTTP, as to nearly all backends.
    package static let plain = BackendTransport()
}

/// The protocol that a backend speaks.
package enum BackendProtocol: String, Sendable, Hashable, CaseIterable {
    case http
    case https
    /// HTTP or HTTPS, whichever the client speaks.
    case automatic
    case grpc
    /// gRPC over TLS.
    case grpcs

    package var isGRPC: Bool { self == .grpc || self == .grpcs }

    /// Whether TLS may be spoken.
    package var usesTLS: Bool { self == .https || self == .automatic || self == .grpcs }
}

extension BackendTransport: CustomStringConvertible {
    /// The same for no two transports.
    package var description: String { tls == BackendTLS() ? speaks.rawValue : "\(speaks.rawValue) \(tls)" }
}
