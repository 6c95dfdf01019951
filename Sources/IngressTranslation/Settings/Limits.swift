import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// How many requests and connections one client may have.
struct LimitValues: Sendable, Hashable {
    var connections = Guarding<Number>.unset
    var perSecond = Guarding<Number>.unset
    var perMinute = Guarding<Number>.unset
    /// How many times its rate a client may have at once.
    var burstMultiplier = Number(5)
    var exempt: [CIDRBlock] = []
    /// The text that tells clients apart.
    var key = Expression(VariableName(known: "binary_remote_addr"))
    var requestRefusal: StatusCode?
    var connectionRefusal: StatusCode?

    /// Whether something of it cannot be honoured, so that nobody may be served.
    var isClosed: Bool { connections == .invalid || perSecond == .invalid || perMinute == .invalid }

    /// The limits of an Ingress; `nil` where it has none.
    func limits(of origin: ObjectReference?) -> ClientLimits? {
        guard let origin else { return nil }
        let limits = ClientLimits(
            of: origin,
            by: key,
            exempt: exempt,
            connections: connections.limit,
            perSecond: rate(perSecond),
            perMinute: rate(perMinute),
            requestRefusal: requestRefusal ?? .serviceUnavailable,
            connectionRefusal: connectionRefusal ?? .serviceUnavailable
        )
        let isNone = limits.connections == nil && limits.perSecond == nil && limits.perMinute == nil
        return isNone ? nil : limits
    }

    private func rate(_ requests: Guarding<Number>) -> ClientLimits.Rate? {
        requests.limit.map { .init(requests: $0, burst: $0 * burstMultiplier.value) }
    }
}

extension Guarding<Number> {
    /// `nil` where there is no limit, as 0 says.
    fileprivate var limit: Int? { value.flatMap { $0.value > 0 ? $0.value : nil } }
}

enum Limits {
    static let settings: [Setting] = [
        .value(
            "limit-allowlist",
            .allowedNetworks,
            \.limits.exempt,
            default: nil,
            scope: .location,
            from: .annotation(or: "limit-whitelist"),
            ifInvalid: .usesDefaultSaying("limits are for all clients"),
            "Names networks whose clients have no limits of requests and connections."
        ).differs("Of an invalid list nothing counts, and limits are for all."),
        .value(
            "limit-burst-multiplier",
            .burstMultiplier,
            \.limits.burstMultiplier,
            default: "5",
            scope: .location,
            from: .annotation,
            "Sets how many times its rate of 'limit-rps' and 'limit-rpm' a client may have at once beside it; 0 is 5."
        ).identical,
        .value(
            "limit-conn-status-code",
            .refusal,
            \.limits.connectionRefusal,
            scope: .location,
            from: .configMaps,
            ifInvalid: .usesDefaultSaying("503 is used"),
            "Sets the status of requests beyond 'limit-connections'; 503 where nothing is set."
        ).identical,
        .value(
            "limit-conn-zone-variable",
            .hashKey,
            \.limits.key,
            default: "$binary_remote_addr",
            scope: .location,
            from: .configMaps,
            "Sets what limits tell clients apart by, a text with nginx's variables. Who has none of it has no limits."
        ).differs("It names variables of a fixed list alone."),
        .value(
            "limit-connections",
            .guarding(.connectionLimit),
            \.limits.connections,
            default: nil,
            scope: .location,
            from: .annotation,
            ifInvalid: .closes(closed) { $0.limits.connections = .invalid },
            "Limits how many requests a client may have under way at once, on all paths of the Ingress together; 0 sets no limit."
        ).guardingClients.needing("limit_conn").differs("A value that is no number answers 503."),
        .directive(
            "limit-rate",
            .kilobytesPerSecond,
            default: "0",
            sets: "limit_rate",
            "Limits how many KB of a response are sent each second, where proxy-buffering is on; 0 sets no limit."
        ).identical,
        .directive(
            "limit-rate-after",
            .kilobytesPerSecond,
            default: "0",
            sets: "limit_rate_after",
            "Sends so many KB of a response at once before limit-rate counts."
        ).identical,
        .value(
            "limit-req-status-code",
            .refusal,
            \.limits.requestRefusal,
            scope: .location,
            from: .configMaps,
            ifInvalid: .usesDefaultSaying("503 is used"),
            "Sets the status of requests that come faster than 'limit-rps' and 'limit-rpm' allow; 503 where nothing is set."
        ).identical,
        .value(
            "limit-rpm",
            .guarding(.requestLimit),
            \.limits.perMinute,
            default: nil,
            scope: .location,
            from: .annotation,
            ifInvalid: .closes(closed) { $0.limits.perMinute = .invalid },
            "Limits the requests of a client a minute, on all paths of the Ingress together; 0 sets no limit."
        ).guardingClients.needing("limit_req").differs("A value that is no number answers 503."),
        .value(
            "limit-rps",
            .guarding(.requestLimit),
            \.limits.perSecond,
            default: nil,
            scope: .location,
            from: .annotation,
            ifInvalid: .closes(closed) { $0.limits.perSecond = .invalid },
            "Limits the requests of a client a second, on all paths of the Ingress together; 0 sets no limit."
        ).guardingClients.needing("limit_req").differs("A value that is no number answers 503."),
    ]

    private static let closed = "requests answer 503"
}

extension ValueParser<ByteSize> {
    /// A number of KB that has no bound: nothing of that size is kept.
    static let kilobytesPerSecond = ValueParser(type: "KB", examples: ["64", "1024"], write: { "\($0.bytes >> 10)" }) {
        text throws(ValueError) in
        guard let size = ByteSize(bytes: try ValueParser<Number>.count.parse(text).value << 10) else {
            throw ValueError(reason: "is no whole number")
        }
        return size
    }
}

extension ValueParser<Number> {
    /// nginx counts up to so many.
    fileprivate static let connectionLimit = limit(upTo: 65_535)
    fileprivate static let requestLimit = limit(upTo: 1_000_000)

    private static func limit(upTo most: Int) -> ValueParser {
        ValueParser(type: "number up to \(most)", examples: ["3", "100"]) { text throws(ValueError) in
            let limit = try Self.count.parse(text)
            guard limit.value <= most else { throw ValueError(reason: "is more than \(most)") }
            return limit
        }
    }

    fileprivate static let burstMultiplier = ValueParser(type: "number up to 1000", examples: ["1", "3"]) {
        text throws(ValueError) in
        let factor = try Self.count.parse(text)
        guard factor.value <= 1_000 else { throw ValueError(reason: "is more than 1000") }
        return factor.value == 0 ? Number(5) : factor
    }
}

extension ValueParser<StatusCode> {
    /// A status that nginx takes for an error.
    fileprivate static let refusal = ValueParser(type: "status from 400 to 599", examples: ["429", "503"]) {
        text throws(ValueError) in
        guard let status = Int(text).flatMap(StatusCode.init), status.value >= 400 else {
            throw ValueError(reason: "is no status from 400 to 599")
        }
        return status
    }
}

extension SettingValues {
    /// A rate that nothing limits: nginx passes on what it does not buffer as fast as it comes.
    func rateFindings(of source: SettingSource) -> [Diagnostic] {
        guard directives.value(of: "limit_rate") != "0", directives.value(of: "proxy_buffering") == "off",
            source.value("limit-rate") != nil
        else { return [] }
        return [
            source.finding(
                .warning,
                common: "limit-rate-unused",
                "'limit-rate' has no effect without 'proxy-buffering: \"on\"'",
                at: "limit-rate"
            )
        ]
    }
}

extension UnsupportedSetting.Reason {
    fileprivate static let zones = notRead(wouldNeed: "a zone for each Ingress, whose counts outlast reloads")
}
