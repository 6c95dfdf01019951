import Incremental
import NginxSyntax
import ProxyConfiguration

/// The needs of servers that `http` meets once for all of them.
struct SharedNeeds: Sendable, Hashable {
    private var strictTransportSecurity: Set<StrictTransportSecurity> = []
    private var named: [SharedDeclaration] = []
    /// Whether a service is asked about some of the requests.
    private(set) var asksQuestions = false
    private(set) var keepsAnswers = false
    /// The cookies of answers that are known by their names.
    private var laterCookies: Set<RequestScript.LaterCookie> = []
    private(set) var replacesErrors = false
    /// Whether some of the requests are copied.
    private(set) var copiesRequests = false
    /// Whether canaries take some of the requests.
    private(set) var hasCanaries = false
    private var escapesRequestURI = false
    /// The transports to backends, and to services that are asked.
    private(set) var spoken: Set<BackendProtocol> = []

    init(of server: VirtualServer) { self.init(of: server.locations, server.policy) }

    init(of locations: [Location], _ policy: ServerPolicy) {
        strictTransportSecurity = Set([policy.strictTransportSecurity].compactMap(\.self))
        if locations.contains(where: \.cutsSlash) { named.append(.httpsURI) }
        named += policy.clients?.certificates.flatMap(LoweredClients.init)?.declarations ?? []
        let usesDollar =
            policy.appRoot?.path.usesDollarVariable ?? false
            || locations.contains { $0.action.expression?.usesDollarVariable ?? false }
        if usesDollar { named.append(.dollar) }
        named += policy.additions?.value.declarations ?? []
        for location in locations {
            let canary = location.canaryRouting
            named += canary?.declarations ?? []
            hasCanaries = hasCanaries || canary != nil
            named += SessionSetting(of: location, canary)?.declarations ?? []
            if let spoken = location.spoken { self.spoken.insert(spoken) }
        }
        var last = LocationPolicy.plain
        for location in locations where !location.policy.isCopy(of: last) {
            last = location.policy
            named += last.value.declarations
            if let mirror = last.value.mirror {
                copiesRequests = true
                if mirror.usesTLS { spoken.insert(.https) }
                escapesRequestURI = escapesRequestURI || mirror.target.usesEscapedRequestURI
            }
            replacesErrors = replacesErrors || last.value.errorPages != nil
            guard let authentication = last.value.authentication else { continue }
            asksQuestions = true
            laterCookies.formUnion(last.value.script?.value.laterCookies ?? [])
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
            + (authentication?.expressions ?? []) + (mirror.map { [$0.target, $0.host] } ?? [])
        let dollar: [SharedDeclaration] = values.contains(where: \.usesDollarVariable) ? [.dollar] : []
        let blocking = blocked.flatMap(LoweredBlocking.init)?.declarations ?? []
        let limiting = limits.map { LoweredLimits($0).declarations } ?? []
        let scripting = script?.value.declarations ?? []
        let answered = authentication?.answers.map { SharedDeclaration(emptyAtFirst: $0.variable) } ?? []
        return dollar + blocking + limiting + scripting + answered + (cors.map { LoweredCORS($0).declarations } ?? [])
    }
}

extension SharedNeeds {
    /// The needs of all servers; nearly all have the same, as one value in memory.
    init(of servers: [ServerContext]) {
        self.init()
        var last: ByReference<SharedNeeds>?
        for server in servers where !(last?.isCopy(of: server.needs) ?? false) {
            last = server.needs
            formUnion(server.needs.value)
        }
    }

    /// Nothing is needed.
    init() {}

    private mutating func formUnion(_ other: SharedNeeds) {
        strictTransportSecurity.formUnion(other.strictTransportSecurity)
        named += other.named
        asksQuestions = asksQuestions || other.asksQuestions
        keepsAnswers = keepsAnswers || other.keepsAnswers
        laterCookies.formUnion(other.laterCookies)
        replacesErrors = replacesErrors || other.replacesErrors
        copiesRequests = copiesRequests || other.copiesRequests
        hasCanaries = hasCanaries || other.hasCanaries
        escapesRequestURI = escapesRequestURI || other.escapesRequestURI
        spoken.formUnion(other.spoken)
    }

    /// The declarations of the cookies that clients get with an answer.
    func cookies(areJoined: Bool) -> [SharedDeclaration] {
        guard areJoined else { return AnswerCookies.declarations(laterCookies) }
        return asksQuestions ? AnswerCookies.declarations : []
    }

    /// The declarations, some of them more than once.
    var declarations: [SharedDeclaration] {
        named + (escapesRequestURI ? EscapedRequestURI.declarations : [])
            + strictTransportSecurity.compactMap(\.declaration)
    }
}

extension Location.Action {
    /// The text with variables that it brings into the configuration.
    fileprivate var expression: Expression? {
        if case .fixedRedirect(let redirect) = self { redirect.target } else { rewrite?.target }
    }
}
