import NginxSyntax
import ProxyConfiguration

/// What a backend of an Ingress comes to.
struct ResolvedBackend: Sendable, Hashable {
    var target: Target
    var problem: Problem?

    enum Target: Sendable, Hashable {
        case backend(Backend)
        /// There is nobody to pass a request to.
        case status(StatusCode)
    }

    enum Problem: Sendable, Hashable {
        case serviceNotFound
        case portNotFound
        case noReadyEndpoint
        case invalidExternalName(String)
        case noResolver(String)
        case serviceAssumed
        case endpointsAssumed
    }

    static func failing(_ problem: Problem) -> Self { Self(target: .status(.serviceUnavailable), problem: problem) }
}
