import NginxSyntax
import ProxyConfiguration

extension Proxying {
    /// The argument of `proxy_pass` and its like: a URL without a path, so that the path of the request is passed on.
    ///
    /// - Parameter canary: How the backend is chosen, where there are two.
    func url(_ canary: CanaryRouting?) -> Expression {
        let scheme: [Expression.Part] =
            switch transport.speaks {
            case .http: [.literal("http://")]
            case .https: [.literal("https://")]
            case .automatic: [.variable(.scheme), .literal("://")]
            case .grpc: [.literal("grpc://")]
            case .grpcs: [.literal("grpcs://")]
            }
        return Expression(parts: scheme + [passed(canary)]) ?? .empty
    }

    /// The name that requests are passed to, as nginx looks for it among the upstreams.
    func passed(_ canary: CanaryRouting?) -> Expression.Part {
        if let canary { return .variable(canary.backend) }
        return switch backends.primary {
        case .upstream(let name): .literal(name.value)
        case .name: .variable(.externalName)
        }
    }
}

extension VariableName {
    /// The host and the port of a backend that is resolved while serving.
    static let externalName = VariableName(known: "external_name")
}
