import NginxSyntax
import ProxyConfiguration

extension Proxying {
    /// The URL that requests are passed to.
    ///
    /// - Parameters:
    ///   - canary: How the backend is chosen, where there are two.
    ///   - isProbed: Whether an echo is passed to, which no FastCGI is spoken with.
    func url(_ canary: CanaryRouting?, isProbed: Bool) -> BackendURL {
        let spoken = transport.speaks
        return BackendURL(spoken: isProbed && spoken == .fastCGI ? .http : spoken, host: host(canary))
    }

    /// The name that requests are passed to.
    func host(_ canary: CanaryRouting?) -> BackendHost {
        canary.map { .variable($0.backend) } ?? BackendHost(backends.primary)
    }
}

extension BackendHost {
    init(_ backend: Backend) {
        self =
            switch backend {
            case .upstream(let name): .upstream(name)
            case .name: .variable(.externalName)
            }
    }
}

extension VariableName {
    /// The host and the port of a backend that is resolved while serving.
    static let externalName = VariableName(known: "external_name")
}
