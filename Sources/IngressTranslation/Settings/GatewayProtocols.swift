import NginxSyntax
import ProxyConfiguration

/// The transports to backends.
struct GatewayValues: Sendable, Hashable {
    var spoken = BackendProtocol.http
    /// Zero leaves it to the buffers of other responses.
    var grpcBuffer = ByteSize.zero
}

/// Which protocol backends speak.
enum GatewayProtocols {
    static let settings: [Setting] = [
        .value(
            "backend-protocol",
            .backendProtocol,
            \.gateway.spoken,
            default: "HTTP",
            scope: .location,
            from: .annotation,
            "Sets the protocol of requests to backends: HTTP, HTTPS, GRPC, GRPCS (gRPC over TLS), or AUTO_HTTP, which is "
                + "HTTP or HTTPS as the client's request came. Certificates of backends are checked where 'proxy-ssl-verify' says so."
        ),
        .unsupported(
            "fastcgi-index",
            from: .annotation,
            "Names the file that FastCGI serves for a path with a final slash."
        ),
        .unsupported("fastcgi-params-configmap", from: .annotation, "Names a ConfigMap with parameters of FastCGI."),
        .value(
            "grpc-buffer-size-kb",
            .kilobytes,
            \.gateway.grpcBuffer,
            default: "0",
            scope: .location,
            from: .configMaps,
            "Sets the size of the buffer for gRPC responses, in KiB; 0 has it be that of 'proxy-buffer-size'."
        ),
    ]
}

extension ValueParser<BackendProtocol> {
    /// In any case, as ingress-nginx takes it.
    static let backendProtocol = ValueParser(
        type: "protocol",
        examples: ["HTTP", "HTTPS", "GRPC", "GRPCS", "AUTO_HTTP"],
        write: \.name,
        parse: { text throws(ValueError) in
            let name = String(text.trimmed).uppercased()
            guard let known = BackendProtocol.allCases.first(where: { $0.name == name }) else {
                throw ValueError(reason: "is none of HTTP, HTTPS, GRPC, GRPCS and AUTO_HTTP")
            }
            return known
        }
    )
}

extension BackendProtocol {
    /// As ingress-nginx writes it.
    var name: String {
        switch self {
        case .http: "HTTP"
        case .https: "HTTPS"
        case .automatic: "AUTO_HTTP"
        case .grpc: "GRPC"
        case .grpcs: "GRPCS"
        }
    }

    /// The module of nginx that speaks it; `nil` for what every build has.
    var module: String? { isGRPC ? "http_grpc_module" : nil }
}

extension ValueParser<ByteSize> {
    /// A number of KiB, of a buffer that each request takes.
    static let kilobytes = ValueParser(type: "number up to 16384", examples: ["0", "64"]) { text throws(ValueError) in
        let count = try ValueParser<Number>.count.parse(text)
        guard count.value <= 16_384, let size = ByteSize(bytes: count.value << 10) else {
            throw ValueError(reason: "is more than 16384")
        }
        return size
    }
}
