import NginxSyntax
import ProxyConfiguration
import Template

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
