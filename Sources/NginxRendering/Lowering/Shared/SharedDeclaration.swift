import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration
import Template

/// Something that stands once in `http`, for all servers and locations that need it.
///
/// Each lowered part names the declarations that it needs; of the same ones one is printed. One that is made once and
/// handed on is known at a glance.
struct SharedDeclaration: TemplateContext {
    static let name = "SharedDeclaration"

    /// The features in the order in which their declarations are printed.
    enum Feature: Int, Comparable {
        case certificates
        case log
        case httpsRedirect
        case transportSecurity
        case alternativeService
        case clients
        case blocking
        case limits
        case telemetry
        case sessions
        case sets
        case canary
        case cors
        case scripts
        case escapedRequestURI
        case dollar

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    struct Fields: Sendable, Hashable {
        var feature: Feature
        /// The variable, or the zone of memory, that is declared, no two of one name.
        var variable: VariableName
        /// The purpose of the declaration.
        var comment: CommentText?
        /// The object that brings it in; `nil` for what several share.
        var origin: ObjectReference?
        var content: SharedContent
    }

    private let fields: ByReference<Fields>

    init(
        _ content: SharedContent,
        of feature: Feature,
        as variable: VariableName,
        comment: CommentText? = nil,
        origin: ObjectReference? = nil
    ) {
        fields = ByReference(
            Fields(feature: feature, variable: variable, comment: comment, origin: origin, content: content)
        )
    }

    var origin: ObjectReference? { fields.origin }

    static let fields: [TemplateField<Self>] = [
        .optional("comment") { $0.fields.comment ?? $0.fields.origin.map(CommentText.init) },
        .argument("variable") { Identifier($0.fields.variable) },
        .choice("content") { $0.fields.content },
    ]

    var variable: VariableName { fields.variable }

    /// The same with variables that know of connections which nginx handed over to itself.
    func connected(by client: ClientVariables) -> SharedDeclaration {
        let content: SharedContent
        switch fields.content {
        case .map(var map):
            map.source = client.connected(map.source)
            for index in map.entries.indices {
                map.entries[index].value = client.connected(map.entries[index].value)
            }
            content = .map(map)
        case .split(var split):
            split.source = client.connected(split.source)
            content = .split(split)
        case .networks(var networks):
            if client.address != .remoteAddress { networks.address = client.address }
            content = .networks(networks)
        case .constant, .requestZone, .connectionZone, .httpsURI: return self
        }
        return SharedDeclaration(
            content,
            of: fields.feature,
            as: fields.variable,
            comment: fields.comment,
            origin: fields.origin
        )
    }

    /// Whether a variable is declared, and not a zone of memory.
    var isVariable: Bool {
        switch fields.content {
        case .map, .split, .constant, .networks, .httpsURI: true
        case .requestZone, .connectionZone: false
        }
    }

    /// The declared map; `nil` for any other declaration.
    var map: MapContext? { if case .map(let map) = fields.content { map } else { nil } }

    /// Each of many once, in the order of the file.
    static func united(_ declarations: some Sequence<SharedDeclaration>) -> [SharedDeclaration] {
        var known: Set<SharedDeclaration> = []
        var last: SharedDeclaration?
        for declaration in declarations where !(last?.fields.isCopy(of: declaration.fields) ?? false) {
            known.insert(declaration)
            last = declaration
        }
        return known.sorted { $0.place < $1.place }
    }

    private var place: (Feature, String) { (fields.feature, fields.variable.value) }

    func hash(into hasher: inout Hasher) { hasher.combine(fields.variable) }
}

/// The content of a shared declaration, for `{% switch content %}` in `declaration.tmpl`.
enum SharedContent: TemplateChoice, Hashable {
    case map(MapContext)
    case split(SplitContext)
    case constant(Text)
    /// `1` for clients of these networks, and nothing for others.
    case networks(NetworksContext)
    /// Counts requests.
    case requestZone(LimitZoneContext)
    /// Counts requests that are under way.
    case connectionZone(LimitZoneContext)
    /// The URI of a request without a final slash.
    case httpsURI

    enum Case: String, CaseIterable {
        case map, split, constant, networks, requestZone, connectionZone, httpsURI
    }

    static let name = "SharedContent"

    var templateCase: Case {
        switch self {
        case .map: .map
        case .split: .split
        case .constant: .constant
        case .networks: .networks
        case .requestZone: .requestZone
        case .connectionZone: .connectionZone
        case .httpsURI: .httpsURI
        }
    }

    static func payload(of templateCase: Case) -> TemplatePayload<SharedContent> {
        switch templateCase {
        case .map: .record { if case .map(let map) = $0 { map } else { nil } }
        case .split: .record { if case .split(let split) = $0 { split } else { nil } }
        case .constant: .argument { if case .constant(let text) = $0 { text } else { nil } }
        case .networks: .record { if case .networks(let networks) = $0 { networks } else { nil } }
        case .requestZone: .record { if case .requestZone(let zone) = $0 { zone } else { nil } }
        case .connectionZone: .record { if case .connectionZone(let zone) = $0 { zone } else { nil } }
        case .httpsURI: .none
        }
    }
}

/// The fields that `clients` in `declaration.tmpl` can name.
struct NetworksContext: TemplateContext {
    static let name = "Networks"

    var networks: [CIDRBlock]
    /// Holds the address; `nil` for that which nginx has of the client.
    var address: VariableName?

    static let fields: [TemplateField<Self>] = [
        .list("networks") { $0.networks },
        .optional("address") { $0.address.map(Identifier.init) },
    ]
}

/// The fields that `split` in `declaration.tmpl` can name.
struct SplitContext: TemplateContext {
    static let name = "Split"

    /// The text by whose hash a value is chosen.
    var source: Expression
    var parts: [Part]
    /// The value of all that no part takes.
    var rest: Identifier

    struct Part: TemplateContext {
        static let name = "SplitPart"

        /// Such as `12.50`.
        var percentage: Identifier
        var value: Identifier

        static let fields: [TemplateField<Self>] = [
            .argument("percentage") { $0.percentage },
            .argument("value") { $0.value },
        ]
    }

    /// Splits requests: 1 for those of a share, and 0 for others.
    init(_ share: CanaryRules.Share) {
        source = Expression(VariableName(known: "request_id"))
        parts = [Part(percentage: Self.percentage(share.hundredths), value: Identifier(count: 1))]
        rest = Identifier(count: 0)
    }

    /// Splits traces: `on` for those of a share, in ten-thousandths, and `off` for others.
    init(tracing share: Int) {
        source = Expression(VariableName(known: "otel_trace_id"))
        // nginx takes no part of nothing.
        parts = share == 0 ? [] : [Part(percentage: Self.percentage(share), value: Identifier(known: "on"))]
        rest = Identifier(known: "off")
    }

    /// Splits texts evenly among numbers from 0.
    init(_ source: Expression, among count: Int) {
        let count = min(max(1, count), 10_000)
        let (least, others) = 10_000.quotientAndRemainder(dividingBy: count)
        self.source = source
        parts = (0..<count - 1).map { number in
            let hundredths = least + (number < others ? 1 : 0)
            return Part(percentage: Self.percentage(hundredths), value: Identifier(count: number))
        }
        rest = Identifier(count: count - 1)
    }

    private static func percentage(_ hundredths: Int) -> Identifier {
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        return Identifier("\(whole).\(rest < 10 ? "0" : "")\(rest)") ?? Identifier(count: whole)
    }

    static let fields: [TemplateField<Self>] = [
        .argument("source") { $0.source },
        .list("parts") { $0.parts },
        .argument("rest") { $0.rest },
    ]
}

/// The fields that `map` in `declaration.tmpl` can name.
struct MapContext: TemplateContext {
    static let name = "Map"

    var source: Expression
    var entries: [Entry]
    /// Whether it is evaluated anew wherever it is named.
    var isVolatile: Bool

    struct Entry: TemplateContext {
        static let name = "MapEntry"

        var key: MapKey
        var value: Expression

        static let fields: [TemplateField<Self>] = [
            .argument("key") { $0.key },
            .argument("value") { $0.value },
        ]
    }

    init(_ source: Expression, _ entries: [(MapKey, Expression)], isVolatile: Bool = false) {
        self.source = source
        self.isVolatile = isVolatile
        self.entries = entries.map { Entry(key: $0, value: $1) }
    }

    static let fields: [TemplateField<Self>] = [
        .argument("source") { $0.source },
        .flag("isVolatile") { $0.isVolatile },
        .list("entries") { $0.entries },
    ]
}
