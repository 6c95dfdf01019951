import NginxSyntax
import ProxyConfiguration

/// The transports to backends.
struct GatewayValues: Sendable, Hashable {
    var spoken = BackendProtocol.http
    /// Zero leaves it to the buffers of other responses.
    var grpcBuffer = ByteSize.zero
    /// The file that FastCGI serves for a path with a final slash.
    var fastCGIIndex: Text?
    /// The name of a ConfigMap with parameters of FastCGI.
    var fastCGIParametersName: String?
    /// The content of the ConfigMap, once it is read.
    var fastCGIParameters = FastCGIParameters()

    /// The parameters for backends that speak FastCGI; `nil` for none beside those of all.
    var fastCGI: FastCGI? {
        guard spoken == .fastCGI, fastCGIIndex != nil || !fastCGIParameters.isEmpty else { return nil }
        return FastCGI(index: fastCGIIndex, parameters: fastCGIParameters)
    }
}

/// Which protocol backends speak.
enum GatewayProtocols {
    /// The annotations that are about FastCGI alone.
    static let fastCGINames = ["fastcgi-index", "fastcgi-params-configmap"]

    static let settings: [Setting] = [
        .value(
            "backend-protocol",
            .backendProtocol,
            \.gateway.spoken,
            default: "HTTP",
            scope: .location,
            from: .annotation,
            "Sets the protocol of requests to backends: HTTP, HTTPS, GRPC, GRPCS (gRPC over TLS), FCGI (FastCGI), or AUTO_HTTP, "
                + "which is HTTP or HTTPS as the client's request came. Certificates of backends are checked where 'proxy-ssl-verify' says so."
        ).differs("Timeouts, retries and buffers of the proxy- settings count for gRPC and FastCGI as well."),
        .value(
            "fastcgi-index",
            .fileName,
            \.gateway.fastCGIIndex,
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("no file is named for a path with a final slash"),
            "Names the file that FastCGI serves for a path with a final slash: it is added to '$fastcgi_script_name'."
        ).risk(.medium).identical,
        .value(
            "fastcgi-params-configmap",
            .configMapName,
            \.gateway.fastCGIParametersName,
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .closes("the paths of the Ingress answer 503") {
                $0.unhonoured.append("fastcgi-params-configmap")
            },
            "Names a ConfigMap of the Ingress's namespace with parameters for backends that speak FastCGI, such as "
                + "SCRIPT_FILENAME, beside or in place of those that all are told. Values may name variables such as "
                + "'$fastcgi_script_name'."
        ).risk(.medium).namingConfigMap.differs(
            "Values name known variables alone; where the ConfigMap cannot be read, the paths answer 503."
        ),
        .value(
            "grpc-buffer-size-kb",
            .kilobytes,
            \.gateway.grpcBuffer,
            default: "0",
            scope: .location,
            from: .configMaps,
            "Sets the size of the buffer for gRPC responses, in KiB; 0 has it be that of 'proxy-buffer-size'."
        ).differs("0 means the size of 'proxy-buffer-size'; in ingress-nginx it means nginx's own."),
    ]
}

extension ValueParser<BackendProtocol> {
    /// In any case, as ingress-nginx takes it.
    static let backendProtocol = ValueParser(
        type: "protocol",
        examples: ["HTTP", "HTTPS", "GRPC", "GRPCS", "AUTO_HTTP", "FCGI"],
        write: \.name,
        parse: { text throws(ValueError) in
            let name = String(text.trimmed).uppercased()
            guard let known = BackendProtocol.allCases.first(where: { $0.name == name }) else {
                throw ValueError(reason: "is none of HTTP, HTTPS, GRPC, GRPCS, AUTO_HTTP and FCGI")
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
        case .fastCGI: "FCGI"
        }
    }

    /// The module of nginx that speaks it; `nil` for what every build has.
    var module: String? {
        switch self {
        case .http, .https, .automatic: nil
        case .grpc, .grpcs: "http_grpc_module"
        case .fastCGI: "http_fastcgi_module"
        }
    }
}

extension ValueParser<Text> {
    /// The characters that ingress-nginx allows for the name of a file.
    fileprivate static let fileName = ValueParser(type: "name of a file", examples: ["index.php", "app.fcgi"]) {
        text throws(ValueError) in
        guard !text.isEmpty, text.utf8.count <= 255, let name = Identifier(text).flatMap({ Text($0.value) }) else {
            throw ValueError(reason: "is no name of a file")
        }
        return name
    }
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
