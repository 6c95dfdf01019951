import NginxSyntax
import ProxyConfiguration

/// The argument of `proxy_pass` and its like: a URL without a path, so that the path of the request is passed on.
///
/// A type of its own, because each location has one: both parts are known to be plain.
struct BackendURL: DirectiveArgument {
    static var kind: ArgumentKind { .expression }

    var spoken: BackendProtocol
    var host: BackendHost

    func write(to output: inout [UInt8]) {
        if let scheme {
            output.append(contentsOf: scheme.utf8)
            output.append(contentsOf: "://".utf8)
        }
        host.write(to: &output)
    }

    /// `nil` for FastCGI, whose `fastcgi_pass` takes none.
    private var scheme: String? {
        switch spoken {
        case .http: "http"
        case .https: "https"
        case .automatic: "\(VariableName.scheme)"
        case .grpc: "grpc"
        case .grpcs: "grpcs"
        case .fastCGI: nil
        }
    }
}

/// The name that requests are passed to, as nginx looks for it among the upstreams.
enum BackendHost: DirectiveArgument {
    case upstream(Identifier)
    /// A variable that holds an upstream's name, or a host and a port.
    case variable(VariableName)

    static var kind: ArgumentKind { .expression }

    func write(to output: inout [UInt8]) {
        switch self {
        case .upstream(let name): name.write(to: &output)
        case .variable(let name): output.append(contentsOf: "\(name)".utf8)
        }
    }

    var expression: Expression? {
        switch self {
        case .upstream(let name): Expression(literal: name.value)
        case .variable(let name): Expression(name)
        }
    }
}
