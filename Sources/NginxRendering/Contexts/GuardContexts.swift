import Incremental
import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `guards.tmpl` can name: what a request has to pass before it is passed on.
struct GuardsContext: TemplateContext {
    static let name = "Guards"

    private let part: LocationPart
    /// How much one client may ask for; `nil` for anything.
    private let limits: LoweredLimits?
    /// The service that is asked.
    var question: LocationQuestionContext?

    /// Returns `nil` where all requests pass.
    init?(_ part: LocationPart) {
        self.part = part
        let policy = part.block.location.policy
        limits = policy.value.limits.map(LoweredLimits.init)
        // Most Ingresses have the plain policy.
        if policy.isCopy(of: LocationPolicy.plain), httpsRedirect == nil, refused == nil { return nil }
    }

    private var location: Location { part.block.location }
    private var policy: LocationPolicy { _read { yield part.block.location.policy.value } }
    private var shared: SharedByServers { _read { yield part.surroundings.value.shared.value } }
    private var client: ClientVariables { _read { yield part.surroundings.value.shared.value.client } }

    /// How requests by plain HTTP are sent to HTTPS; `nil` where the server does that, or nobody.
    private var httpsRedirect: HTTPSRedirect? {
        part.surroundings.value.isRedirectedWhole ? nil : location.httpsRedirect
    }

    /// Is set for requests that are refused; `nil` where none are.
    private var blocked: Identifier? {
        policy.blocked.flatMap(LoweredBlocking.init).map { Identifier($0.variable) }
    }

    /// Is set for clients without a certificate that they have to show; `nil` where they need none.
    private var refused: Identifier? {
        let clients = part.surroundings.value.clients
        return (location.isPlain ? clients?.refusedByTLS : clients?.refused).map(Identifier.init)
    }

    /// The requests that are answered before all others; `nil` where there are none.
    private var preflight: PreflightContext? {
        policy.cors.map { PreflightContext(variable: LoweredCORS($0).preflight) }
    }

    /// The status of requests that come too early, where it is not nginx's own.
    private var requestRefusal: StatusCode? {
        guard let limits = policy.limits, !(self.limits?.requests.isEmpty ?? true) else { return nil }
        return limits.requestRefusal == .serviceUnavailable ? nil : limits.requestRefusal
    }

    static let fields: [TemplateField<Self>] = [
        .optional("blocked") { $0.blocked },
        .optional("refused") { $0.refused },
        .optional("preflight") { $0.preflight },
        .optional("httpsRedirect") { $0.httpsRedirect?.status },
        .optional("httpsURL") { guards in guards.httpsRedirect.map { guards.client.url(of: $0) } },
        .argument("clientScheme") { Identifier($0.client.scheme) },
        .optional("connectionLimit") { $0.limits?.connections },
        .list("requestLimits") { $0.limits?.requests ?? [] },
        .optional("requestRefusal") { $0.requestRefusal },
        .optional("firewall") { guards in
            guards.policy.firewall.map { guards.shared.firewall.context($0.value) }
        },
        .list("deniedNetworks") { $0.policy.access?.denied ?? [] },
        .list("allowedNetworks") { $0.policy.access?.allowed ?? [] },
        .flag("deniesOthers") { !($0.policy.access?.allowed ?? []).isEmpty },
        .list("accessRules") { $0.policy.access?.rules.map(AccessRuleContext.init) ?? [] },
        .flag("admitsByOneGuard") { $0.policy.admitsByOneGuard },
        .optional("passwords") { $0.policy.passwords.map(PasswordContext.init) },
        .optional("question") { $0.question },
    ]
}

/// The fields that `preflight` in `guards.tmpl` can name.
struct PreflightContext: TemplateContext {
    static let name = "Preflight"

    /// Is set for the requests; `nil` where these are all OPTIONS.
    var variable: VariableName?

    static let fields: [TemplateField<Self>] = [
        .optional("variable") { $0.variable.map(Identifier.init) }
    ]
}

/// The fields that `passwords` in `guards.tmpl` can name.
struct PasswordContext: TemplateContext {
    static let name = "Passwords"

    var check: BasicAuthentication

    init(_ check: BasicAuthentication) {
        self.check = check
    }

    static let fields: [TemplateField<Self>] = [
        .argument("realm") { $0.check.realm.text },
        .argument("users") { $0.check.users },
    ]
}
