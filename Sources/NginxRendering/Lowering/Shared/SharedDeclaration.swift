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
        case answerCookies
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
