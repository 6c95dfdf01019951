import NginxSyntax
import ProxyConfiguration

/// How a request finds one of a Service's endpoints; `nil` as `--load-balance` and `--upstream-hash-by` say.
struct BalancingValues: Sendable, Hashable {
    var method: LoadBalancing?
    /// Comes before the method.
    var hashKey: Expression?

    var balancing: LoadBalancing? { hashKey.map { .hash($0) } ?? method }
}

enum Balancing {
    static let settings: [Setting] = [
        .value(
            "load-balance",
            .loadBalancing,
            \.balancing.method,
            scope: .upstream,
            from: .everywhere,
            ifInvalid: .usesDefaultSaying("endpoints are chosen as --load-balance says"),
            "Chooses how requests find an endpoint: in turn, or by ewma the less busy of two random ones."
        ),
        .unsupported(
            "service-upstream",
            from: .everywhere,
            scope: .upstream,
            "Sends requests to the Service's cluster address in place of its endpoints."
        ),
        .value(
            "upstream-hash-by",
            .hashKey,
            \.balancing.hashKey,
            scope: .upstream,
            from: .everywhere,
            ifInvalid: .usesDefaultSaying("endpoints are chosen as without it"),
            "Chooses the endpoint by a consistent hash of this text with nginx's variables."
        ),
        .unsupported(
            "upstream-hash-by-subset",
            from: .everywhere,
            scope: .upstream,
            "Chooses by that hash a set of endpoints, and one of them at random."
        ),
        .unsupported(
            "upstream-hash-by-subset-size",
            from: .everywhere,
            scope: .upstream,
            "Sets how many endpoints such a set has."
        ),
        .unsupported(
            "upstream-keepalive-connections",
            from: .global,
            "Sets how many idle connections to endpoints a worker keeps."
        ),
        .unsupported(
            "upstream-keepalive-requests",
            from: .global,
            "Limits how many requests one connection to an endpoint serves."
        ),
        .unsupported("upstream-keepalive-time", from: .global, "Limits how long a connection to an endpoint is kept."),
        .unsupported(
            "upstream-keepalive-timeout",
            from: .global,
            "Limits how long a connection to an endpoint may be idle."
        ),
    ]
}

extension ValueParser<LoadBalancing> {
    /// The methods of ingress-nginx that stock nginx has, or comes near to.
    static let loadBalancing = ValueParser(
        type: "round_robin or ewma",
        examples: ["round_robin", "ewma"],
        write: { $0 == .roundRobin ? "round_robin" : "ewma" },
        parse: { text throws(ValueError) in
            switch text {
            case "round_robin": return .roundRobin
            case "ewma": return .randomTwoLeastConnections
            default: throw ValueError(reason: "is neither round_robin nor ewma")
            }
        }
    )
}

extension ValueParser<Expression> {
    /// Letters, digits, `-`, `_`, and variables of a request and its connection.
    static let hashKey = ValueParser(type: "text with variables", examples: ["$request_uri", "$host${arg_user}"]) {
        text throws(ValueError) in
        let parts = try Expression.parts(of: text, .ofConnection) { byte in
            VariableName.isNameByte(byte) || byte == UInt8(ascii: "-")
        }
        let namesVariable = parts.contains { if case .variable = $0 { true } else { false } }
        guard namesVariable else { throw ValueError(reason: "names no variable") }
        guard let key = Expression(parts: parts) else { throw ValueError(reason: "is too long") }
        return key
    }
}
