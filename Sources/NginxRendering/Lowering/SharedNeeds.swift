import Incremental
import NginxSyntax
import ProxyConfiguration

/// The shared declarations that a server needs, found once for each server.
struct SharedNeeds: Sendable, Hashable {
    /// The length of its name in nginx's table of names, in bytes; `nil` for one that is not in it.
    var nameLength: Int?
    /// Nearly all servers with TLS say the same, so that what it needs is found once for all of them.
    var strictTransportSecurity: StrictTransportSecurity?
    var declarations: [SharedDeclaration] = []
    /// Whether a service is asked about some of its requests.
    var asksQuestions = false
    var keepsAnswers = false
    var replacesErrors = false
    var escapesRequestURI = false
    /// The transports to backends, and to services that are asked.
    var spoken: Set<BackendProtocol> = []

    init(of server: VirtualServer) {
        if case .name(let name) = server.host { nameLength = name.value.utf8.count }
        let (locations, policy) = (server.locations, server.policy)
        strictTransportSecurity = policy.strictTransportSecurity
        if locations.contains(where: \.cutsSlash) { declarations.append(.httpsURI) }
        let usesDollar =
            policy.appRoot?.path.usesDollarVariable ?? false
            || locations.contains { $0.action.expression?.usesDollarVariable ?? false }
        if usesDollar { declarations.append(.dollar) }
        for location in locations {
            declarations += location.canaryRouting?.declarations ?? []
            if let spoken = location.spoken { self.spoken.insert(spoken) }
        }
        var last = LocationPolicy.plain
        for location in locations where !location.policy.isCopy(of: last) {
            last = location.policy
            declarations += last.value.declarations
            replacesErrors = replacesErrors || last.value.errorPages != nil
            guard let authentication = last.value.authentication else { continue }
            asksQuestions = true
            if authentication.usesTLS { spoken.insert(.https) }
            keepsAnswers = keepsAnswers || authentication.cache != nil
            escapesRequestURI = escapesRequestURI || authentication.expressions.contains(where: \.usesEscapedRequestURI)
        }
    }
}

extension LocationPolicy {
    /// The shared declarations that its parts need.
    fileprivate var declarations: [SharedDeclaration] {
        let values =
            (requestHeaders?.headers.map(\.value) ?? []) + (responseHeaders?.added.map(\.value) ?? [])
            + (authentication?.expressions ?? [])
        let dollar: [SharedDeclaration] = values.contains(where: \.usesDollarVariable) ? [.dollar] : []
        let blocking = blocked.flatMap(LoweredBlocking.init)?.declarations ?? []
        return dollar + blocking + (cors.map { LoweredCORS($0).declarations } ?? [])
    }
}

extension Sequence<ServerContext> {
    /// The needs of the servers, some of them more than once.
    var declarations: [SharedDeclaration] {
        var policies: Set<StrictTransportSecurity> = []
        var last: StrictTransportSecurity?
        var result: [SharedDeclaration] = []
        for server in self {
            result += server.needs.declarations
            guard server.needs.strictTransportSecurity != last else { continue }
            last = server.needs.strictTransportSecurity
            if let last { policies.insert(last) }
        }
        if contains(where: \.needs.escapesRequestURI) { result += EscapedRequestURI.declarations }
        return result + policies.compactMap(\.declaration)
    }
}

extension Location.Action {
    /// The text with variables that it brings into the configuration.
    fileprivate var expression: Expression? {
        if case .fixedRedirect(let redirect) = self { redirect.target } else { rewrite?.target }
    }
}
