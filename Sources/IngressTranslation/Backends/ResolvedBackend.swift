import NginxSyntax
import ProxyConfiguration

/// The result of resolving a backend of an Ingress.
struct ResolvedBackend: Sendable, Hashable {
    var target: Target
    var fault: Fault?
    /// The upstream that a target needs.
    var upstream: UpstreamKey?
    /// The protocol that the Service's port names.
    var appProtocol: String?

    enum Target: Sendable, Hashable {
        case backend(Backend)
        /// There is nobody to pass a request to.
        case status(StatusCode)
    }

    enum Fault: Sendable, Hashable {
        case serviceNotFound
        /// There is one, and a finding says why it is left out.
        case serviceRefused
        case portNotFound
        case noReadyEndpoint
        /// The name that an ExternalName Service stands for, and the end of a sentence about it.
        case invalidExternalName(String, reason: String)
        case externalNameDisabled
        /// One of the endpoints that no request may be passed to; all of them, or only some.
        case endpointsRefused(RefusedEndpoint, isAll: Bool)
        case noResolver(String)
        case serviceAssumed
        case endpointsAssumed

        /// Whether nothing is wrong but that the input says too little.
        var isAssumption: Bool { self == .serviceAssumed || self == .endpointsAssumed }

        /// Whether the Service has endpoints that it does not concern.
        var leavesSome: Bool { if case .endpointsRefused(_, isAll: false) = self { true } else { false } }
    }

    /// An endpoint at an address where no other machine is.
    struct RefusedEndpoint: Sendable, Hashable {
        var address: IPAddress
        var use: IPAddress.SpecialUse
    }

    /// The name that is resolved while serving; `nil` where none is.
    var externalName: HostName? { if case .backend(.name(let host, _)) = target { host } else { nil } }

    /// The action of a location that passes its requests here.
    func action(rewrite: Rewrite? = nil, by transport: BackendTransport = .plain) -> Location.Action {
        switch target {
        case .backend(let backend): .proxy(backend, rewrite: rewrite, by: transport)
        case .status(let code): .status(code)
        }
    }

    static func failing(_ fault: Fault) -> Self { Self(target: .status(.serviceUnavailable), fault: fault) }
}
