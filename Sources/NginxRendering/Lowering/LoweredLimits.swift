import Crypto
import Diagnostics
import NginxSyntax
import ProxyConfiguration
import Template

/// Limits of clients as nginx has them: zones of memory in which it counts, and what a location says of each.
///
/// The zones of an Ingress have the same names, sizes and keys whatever else of it changes, so that a reload forgives
/// nothing; nginx refuses a zone whose key is another than before. What the key holds is a matter of maps.
struct LoweredLimits: Sendable, Hashable {
    private(set) var declarations: [SharedDeclaration] = []
    private(set) var connections: ConnectionLimitContext?
    private(set) var requests: [RequestLimitContext] = []

    init(_ limits: ClientLimits) {
        let hash = Self.hash(limits.origin)
        let client = VariableName(known: "limit", hashes: hash, suffix: "client")
        var source = Expression.empty
        if !limits.exempt.isEmpty {
            let exempt = VariableName(known: "limit", hashes: hash, suffix: "exempt")
            declare(.networks(NetworksContext(networks: limits.exempt)), as: exempt, limits)
            source = Expression(exempt)
        }
        let isExempt = (MapKey.literal(Text(known: "1")), Expression.empty)
        let entries = [(MapKey.fallback, limits.key)] + (limits.exempt.isEmpty ? [] : [isExempt])
        declare(.map(MapContext(source, entries)), as: client, limits)
        if let most = limits.connections {
            let zone = VariableName(known: "limit", hashes: hash, suffix: "connections")
            declare(.connectionZone(LimitZoneContext(key: client)), as: zone, limits)
            connections = ConnectionLimitContext(zone: zone, most: most, refusal: limits.connectionRefusal)
        }
        let second = VariableName(known: "limit", hashes: hash, suffix: "second")
        let minute = VariableName(known: "limit", hashes: hash, suffix: "minute")
        let rates: [(ClientLimits.Rate?, VariableName, StaticString)] = [
            (limits.perSecond, second, "s"), (limits.perMinute, minute, "m"),
        ]
        for case (let rate?, let zone, let unit) in rates {
            let requests = (count: rate.requests, unit: Identifier(known: unit))
            declare(.requestZone(LimitZoneContext(key: client, requests)), as: zone, limits)
            self.requests.append(RequestLimitContext(zone: zone, burst: rate.burst))
        }
    }

    private mutating func declare(_ content: SharedContent, as name: VariableName, _ limits: ClientLimits) {
        declarations.append(SharedDeclaration(content, of: .limits, as: name, origin: limits.origin))
    }

    /// Another one for each Ingress, and the same one always.
    private static func hash(_ origin: ObjectReference) -> UInt64 {
        SHA256.hash(data: Array(origin.description.utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// The fields that `zone` in `declaration.tmpl` can name.
struct LimitZoneContext: TemplateContext {
    static let name = "LimitZone"

    /// Holds what is counted for itself.
    var key: VariableName
    /// How many requests are served, and in which time; nothing for a zone of connections.
    private var count: Int
    private var unit: Identifier?

    init(key: VariableName, _ requests: (count: Int, unit: Identifier)? = nil) {
        self.key = key
        (count, unit) = (requests?.count ?? 0, requests?.unit)
    }

    static let fields: [TemplateField<Self>] = [
        .argument("key") { Expression($0.key) },
        .argument("requests") { Identifier(count: $0.count) },
        .argument("unit") { $0.unit ?? Identifier(known: "s") },
    ]
}

/// The fields that `limit` in `guards.tmpl` can name, for connections.
struct ConnectionLimitContext: TemplateContext {
    static let name = "ConnectionLimit"

    var zone: VariableName
    var most: Int
    var refusal: StatusCode

    static let fields: [TemplateField<Self>] = [
        .argument("zone") { Identifier($0.zone) },
        .argument("most") { Number($0.most) },
        .optional("refusal") { $0.refusal == .serviceUnavailable ? nil : $0.refusal },
    ]
}

/// The fields that `limit` in `guards.tmpl` can name, for requests.
struct RequestLimitContext: TemplateContext {
    static let name = "RequestLimit"

    var zone: VariableName
    var burst: Int

    static let fields: [TemplateField<Self>] = [
        .argument("zone") { Identifier($0.zone) },
        .argument("burst") { Identifier(count: $0.burst) },
    ]
}
