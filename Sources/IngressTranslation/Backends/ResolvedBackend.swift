import NginxSyntax
import ProxyConfiguration

/// What a backend of an Ingress comes to.
struct ResolvedBackend: Sendable, Hashable {
    var target: Target
    var problem: Problem?
    /// The upstream that a target needs.
    var upstream: UpstreamKey?

    enum Target: Sendable, Hashable {
        case backend(Backend)
        /// There is nobody to pass a request to.
        case status(StatusCode)
    }

    enum Problem: Sendable, Hashable {
        case serviceNotFound
        /// There is one, and a finding says why it is left out.
        case serviceRefused
        case portNotFound
        case noReadyEndpoint
        case invalidExternalName(String)
        case noResolver(String)
        case serviceAssumed
        case endpointsAssumed

        /// Whether nothing is wrong but that the input says too little.
        var isAssumption: Bool { self == .serviceAssumed || self == .endpointsAssumed }
    }

    /// What a location does that passes its requests here.
    func action(rewrite: Rewrite? = nil) -> Location.Action {
        switch target {
        case .backend(let backend): .proxy(backend, rewrite: rewrite)
        case .status(let code): .status(code)
        }
    }

    static func failing(_ problem: Problem) -> Self { Self(target: .status(.serviceUnavailable), problem: problem) }
}
