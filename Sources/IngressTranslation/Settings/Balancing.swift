import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// How a request finds one of a Service's endpoints; `nil` as `--load-balance` and `--upstream-hash-by` say.
struct BalancingValues: Sendable, Hashable {
    var method: LoadBalancing?
    /// Comes before the method.
    var hashKey: Expression?
    /// Whether the hash chooses a set of endpoints, and not one of them.
    var usesSets = false
    var setSize = 3
    /// Whether the Service's own address is asked, in place of its endpoints.
    var asksClusterAddress = false

    var balancing: LoadBalancing? {
        guard let hashKey else { return method }
        return usesSets ? .setByHash(hashKey, size: setSize) : .hash(hashKey)
    }
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
        ).differs(
            "'ewma' compares connections in place of the time that responses take; the methods that "
                + "ingress-nginx makes of other annotations, such as chash, are not taken by name."
        ),
        .value(
            "service-upstream",
            .bool,
            \.balancing.asksClusterAddress,
            default: "false",
            scope: .upstream,
            from: .everywhere,
            "Sends requests to the Service's cluster address in place of its endpoints; a headless Service has none."
        ).identical,
        .value(
            "upstream-hash-by",
            .hashKey,
            \.balancing.hashKey,
            scope: .upstream,
            from: .everywhere,
            ifInvalid: .usesDefaultSaying("endpoints are chosen as without it"),
            "Chooses the endpoint by a consistent hash of this text with nginx's variables."
        ).risk(.high).differs(
            "Only the variables of a fixed list are taken, and a key may come to another endpoint than in ingress-nginx."
        ),
        .value(
            "upstream-hash-by-subset",
            .bool,
            \.balancing.usesSets,
            default: "false",
            scope: .upstream,
            from: .everywhere,
            "Chooses by that hash a set of endpoints, and one of the set at random for each request."
        ).needing("split_clients").differs(
            "Where the number of sets changes, more keys come to another set; a set is never larger than all endpoints."
        ),
        .value(
            "upstream-hash-by-subset-size",
            .setSize,
            \.balancing.setSize,
            default: "3",
            scope: .upstream,
            from: .everywhere,
            "Sets how many endpoints such a set has; 0 counts as 3."
        ).identical,
        .value(
            "upstream-keepalive-connections",
            .keptCount,
            \.keptConnections.count,
            default: "32",
            scope: .http,
            from: .global,
            "Sets how many idle connections a worker keeps to the endpoints of each port of a Service; 0 keeps none."
        ).differs(
            "It is about each port of a Service, and the default is 32; in ingress-nginx it is about all of "
                + "them together, and the default is 320."
        ),
        .value(
            "upstream-keepalive-requests",
            .keptRequests,
            \.keptConnections.requests,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("1000 are served"),
            "Limits how many requests one connection to an endpoint serves; 1000 where nothing is set."
        ).differs("The default is 1000; in ingress-nginx it is 10000."),
        .value(
            "upstream-keepalive-time",
            .duration,
            \.keptConnections.lifetime,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("1h is used"),
            "Limits how long requests are passed over one connection to an endpoint; 1h where nothing is set."
        ).identical,
        .value(
            "upstream-keepalive-timeout",
            .keptIdleTime,
            \.keptConnections.idleTime,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("60s is used"),
            "Limits how long a connection to an endpoint may be idle; 60s where nothing is set, or 10s for more than 4096 "
                + "ports of Services."
        ).differs(
            "For more than 4096 ports of Services the default is 10s, so that idle connections leave room for requests."
        ),
    ]
}

extension ValueParser<Int> {
    fileprivate static let setSize = ValueParser(type: "number", examples: ["2", "10"]) { text throws(ValueError) in
        let size = try Self.integer.parse(text)
        guard size >= 0 else { throw ValueError(reason: "is below 0") }
        return size == 0 ? 3 : size
    }
}

extension SettingValues {
    /// Settings of a hash that have no effect.
    func balancingFindings(of source: SettingSource) -> [Diagnostic] {
        guard case .annotations = source else { return [] }
        if balancing.hashKey == nil {
            return ["upstream-hash-by-subset", "upstream-hash-by-subset-size"]
                .filter { !(source.value($0) ?? "").isEmpty }
                .map { source.notRead($0, "no 'upstream-hash-by' chooses endpoints") }
        }
        guard !balancing.usesSets, !(source.value("upstream-hash-by-subset-size") ?? "").isEmpty else { return [] }
        return [source.notRead("upstream-hash-by-subset-size", "no 'upstream-hash-by-subset' has sets chosen")]
    }
}

extension ValueParser<Number> {
    /// Each upstream has room for so many in every worker.
    static let keptCount = ValueParser(type: "number up to 1024", examples: ["0", "320"]) { text throws(ValueError) in
        let count = try Self.count.parse(text)
        guard count.value <= 1_024 else { throw ValueError(reason: "is more than 1024") }
        return count
    }

    /// nginx would close a connection before its first request.
    static let keptRequests = ValueParser(type: "number from 1", examples: ["100", "10000"]) {
        text throws(ValueError) in
        let count = try Self.count.parse(text)
        guard count.value > 0 else { throw ValueError(reason: "is not from 1") }
        return count
    }
}

extension ValueParser<TimeSpan> {
    /// A time as nginx writes it.
    static let duration = ValueParser(type: "time", examples: ["30m", "1h"]) { text throws(ValueError) in
        guard let time = TimeSpan(text), time.milliseconds > 0, time.milliseconds <= 1 << 40 else {
            throw ValueError(reason: "is no time such as 90s or 1h")
        }
        return time
    }

    /// nginx would close a connection as soon as it is idle.
    static let keptIdleTime = ValueParser(type: "seconds from 1", examples: ["10", "60"]) { text throws(ValueError) in
        let time = try Self.timeout.parse(text)
        guard time.milliseconds > 0 else { throw ValueError(reason: "is not from 1") }
        return time
    }
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
