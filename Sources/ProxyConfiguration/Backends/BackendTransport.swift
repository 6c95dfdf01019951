import Incremental

/// How requests travel to a backend.
///
/// Kept connections serve requests that travel alike, and no others: it is part of an upstream's policy.
package struct BackendTransport: Sendable, Hashable {
    package var speaks: BackendProtocol
    /// By reference, since each upstream and each key of one has it, and it is large.
    private var security: ByReference<BackendTLS>

    /// How TLS is spoken, where it is.
    package var tls: BackendTLS {
        _read { yield security.value }
        set { security = ByReference(newValue) }
    }

    package init(_ speaks: BackendProtocol = .http) {
        self.speaks = speaks
        security = Self.usualTLS
    }

    package init(_ speaks: BackendProtocol = .http, tls: BackendTLS) {
        self.speaks = speaks
        security = ByReference(tls)
    }

    private static let usualTLS = ByReference(BackendTLS())

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
    case fastCGI = "fastcgi"

    package var isGRPC: Bool { self == .grpc || self == .grpcs }

    /// Whether TLS may be spoken.
    package var usesTLS: Bool { self == .https || self == .automatic || self == .grpcs }
}

extension BackendTransport: CustomStringConvertible {
    /// The same for no two transports.
    package var description: String { tls == BackendTLS() ? speaks.rawValue : "\(speaks.rawValue) \(tls)" }
}
