import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `location.tmpl` can name.
struct LocationContext: TemplateContext {
    static let name = "Location"

    var comment: CommentText?
    var origin: ObjectReference?
    var match: LocationMatch
    var httpsRedirect: HTTPSRedirect?
    var client: ClientVariables
    var isUnlogged: Bool
    /// The facts about the Ingress that the log names.
    var logVariables: [LogVariableContext]
    /// The name of the backend in the access log; `nil` where there is none.
    var backendName: Identifier?
    /// The same of the canary, for a request that it takes.
    var canaryName: Expression?
    var action: LocationAction
    var externalName: ExternalNameContext?
    var rewrite: RewriteContext?
    var policy: ByReference<LocationPolicy>
    /// The service that is asked before a request is passed on.
    var question: LocationQuestionContext?
    /// The name of the location that sends copies of requests; `nil` where there are none.
    var mirrorName: Identifier?
    /// The backend that answers in place of errors.
    var errorPages: ErrorPagesContext?
    /// All that backends are told; `nil` where that is what they are told everywhere.
    var requestHeaders: RequestHeaders?
    /// How much one client may ask for; `nil` for anything.
    var limits: LoweredLimits?
    /// Is set for clients without a certificate that they have to show; `nil` where they need none.
    var refused: VariableName?
    /// Is set for requests that are refused; `nil` where none are.
    var blocked: VariableName?
    /// The header X-Forwarded-Prefix where it holds groups of the location's expression.
    var prefixWithGroups: Expression?
    /// The requests that are answered before all others; `nil` where there are none.
    var preflight: PreflightContext?
    /// All that responses say; `nil` where that is what the server's say.
    var responseHeaders: ResponseHeaders?
    /// The module that passes requests on; `nil` for proxy, and where none are.
    var gateway: Gateway?
    /// How TLS is spoken with backends; `nil` where it is not.
    var tls: BackendTLS?
    /// Headers of a backend that clients do not see, where a gateway passes its responses on.
    var hiddenHeaders: [HeaderName] = []
    /// The steps by which it is decided about requests before they are passed on.
    var script: ByReference<RequestScript>?
    /// How requests are filtered; `nil` where they are not.
    var firewall: FirewallContext?
    /// Whether a client's address is taken from a connection's line where no header names one.
    var namesClientByLine = false
    /// All that a backend is told by FastCGI; empty where that is what all are told.
    var parameters = FastCGIParameters()
    /// Whether nginx's own folder of documents is told to backends, in place of where certificates are.
    var resetsRoot: Bool

    init(
        _ block: LoweredLocation,
        namesOrigin: Bool,
        httpsRedirect: HTTPSRedirect?,
        _ inherited: InheritedHeaders,
        _ shared: SharedByServers,
        _ clients: LoweredClients?,
        namesClientsByLine: Bool
    ) {
        client = shared.client
        resetsRoot = shared.liveCertificates != nil
        namesClientByLine = namesClientsByLine
        let location = block.location
        origin = location.origin
        comment = namesOrigin ? location.origin.map(CommentText.init) : nil
        match = block.match
        policy = location.policy
        self.httpsRedirect = httpsRedirect
        requestHeaders = policy.value.requestHeaders.map { inherited.request(with: shared.client.connected($0)) }
        refused = location.isPlain ? clients?.refusedByTLS : clients?.refused
        blocked = policy.value.blocked.flatMap(LoweredBlocking.init)?.variable
        limits = policy.value.limits.map(LoweredLimits.init)
        if let reported = location.action.backendHeaders {
            requestHeaders = (requestHeaders ?? inherited.request).overridden(by: reported)
            prefixWithGroups = location.action.prefixWithGroups
        }
        if policy.value.passwords != nil {
            let reported = (requestHeaders ?? RequestHeaders()).overridden(by: .withoutPassword)
            requestHeaders = inherited.request(with: reported)
        }
        let cors = policy.value.cors.map(LoweredCORS.init)
        preflight = cors.map { PreflightContext(variable: $0.preflight) }
        responseHeaders = location.responseHeaders(inherited).map(shared.client.connected)
        firewall = policy.value.firewall.map { shared.firewall.context($0.value) }
        isUnlogged =
            !location.isLogged || !policy.value.isLogged || location.isUnmatched && !shared.logsUnmatched
        logVariables = location.values(of: shared.logVariables)
        let canary = location.canaryRouting
        backendName = shared.isLogged ? location.loggedBackend.flatMap { Identifier($0.text) } : nil
        canaryName = canary.map { Expression($0.canaryName) }
        action = LocationAction(location.action, canary, client, isProbed: shared.questions.isProbed)
        rewrite = location.action.rewrite.map(RewriteContext.init)
        if canary == nil, case .proxy(let proxying) = location.action {
            externalName = ExternalNameContext(proxying.backends.primary)
        }
        mirrorName = location.mirrorName
        if let cookie = SessionSetting(of: location, canary) {
            let setting = ResponseHeader(HeaderName(known: "Set-Cookie"), Expression(cookie.variable))
            responseHeaders = (responseHeaders ?? inherited.response).with(ResponseHeaders(added: [setting]))
        }
        if let question = location.question { ask(question, inherited, shared.questions) }
        if case .script = location.action { script = policy.value.script }
        if case .proxy(let proxying) = location.action {
            script = policy.value.script
            pass(proxying, canary, inherited, isProbed: shared.questions.isProbed)
        }
        errorPages = ErrorPagesContext(
            location,
            signsIn: question?.question.authentication.signIn != nil,
            gateway
        )
    }

    /// Has the headers be told to what speaks another protocol, whose module inherits nothing of proxy's.
    private mutating func pass(
        _ proxying: Proxying,
        _ canary: CanaryRouting?,
        _ inherited: InheritedHeaders,
        isProbed: Bool
    ) {
        gateway = proxying.transport.speaks.gateway
        if proxying.transport.speaks.usesTLS { tls = proxying.transport.tls }
        guard gateway != nil else { return }
        hiddenHeaders = (responseHeaders ?? inherited.response).hidden
        guard gateway != .fastCGI else {
            let own = policy.value.fastCGI
            guard requestHeaders != nil || !(own?.parameters.isEmpty ?? true) else { return }
            parameters = FastCGIParameters(requestHeaders ?? inherited.request, own, client)
            return
        }
        if isProbed, let name = proxying.host(canary).expression {
            requestHeaders = (requestHeaders ?? inherited.request).overridden(by: .probing(name))
        }
    }

    /// Asks a service and passes on its answer; refuses all requests where nginx cannot ask.
    private mutating func ask(
        _ question: AuthenticationQuestion,
        _ inherited: InheritedHeaders,
        _ support: QuestionSupport
    ) {
        guard support.isPossible else {
            action = .status(.serviceUnavailable)
            return
        }
        let authentication = question.authentication
        self.question = LocationQuestionContext(question, policy.value.script?.value.answers ?? [], support)
        if !authentication.responseHeaders.isEmpty {
            let answers = RequestHeaders.answered(to: authentication)
            requestHeaders = inherited.request(with: (requestHeaders ?? RequestHeaders()).overridden(by: answers))
        }
        responseHeaders = (responseHeaders ?? inherited.response)
            .with(.answering(authentication, isProbed: support.isProbed))
    }

    /// The status of requests that come too early, where it is not nginx's own.
    private var requestRefusal: StatusCode? {
        guard let limits = policy.value.limits, !(self.limits?.requests.isEmpty ?? true) else { return nil }
        return limits.requestRefusal == .serviceUnavailable ? nil : limits.requestRefusal
    }

    static let fields: [TemplateField<Self>] = [
        .optional("comment") { $0.comment },
        .argument("match") { $0.match },
        .optional("blocked") { $0.blocked.map(Identifier.init) },
        .optional("refused") { $0.refused.map(Identifier.init) },
        .optional("preflight") { $0.preflight },
        .optional("httpsRedirect") { $0.httpsRedirect?.status },
        .optional("httpsURL") { location in location.httpsRedirect.map { location.client.url(of: $0) } },
        .argument("clientScheme") { Identifier($0.client.scheme) },
        .flag("isUnlogged") { $0.isUnlogged },
        .flag("namesClientByLine") { $0.namesClientByLine },
        .list("logVariables") { $0.logVariables },
        .optional("backendName") { $0.backendName },
        .optional("canaryName") { $0.canaryName },
        .choice("action") { $0.action },
        .optional("externalName") { $0.externalName },
        .list("script") { location in
            location.script?.value.steps.map { ScriptStepContext(step: ScriptStep($0, location.client)) } ?? []
        },
        .optional("rewrite") { $0.rewrite },
        .optional("connectionLimit") { $0.limits?.connections },
        .list("requestLimits") { $0.limits?.requests ?? [] },
        .optional("requestRefusal") { $0.requestRefusal },
        .list("deniedNetworks") { $0.policy.value.access?.denied ?? [] },
        .list("allowedNetworks") { $0.policy.value.access?.allowed ?? [] },
        .flag("deniesOthers") { !($0.policy.value.access?.allowed ?? []).isEmpty },
        .list("accessRules") { $0.policy.value.access?.rules.map(AccessRuleContext.init) ?? [] },
        .flag("admitsByOneGuard") { $0.policy.value.admitsByOneGuard },
        .optional("firewall") { $0.firewall },
        .optional("passwords") { $0.policy.value.passwords.map(PasswordContext.init) },
        .optional("question") { $0.question },
        .optional("mirrorName") { $0.mirrorName },
        .flag("mirrorLeavesBody") { !($0.policy.value.mirror?.copiesBody ?? true) },
        .optional("errorPages") { $0.errorPages },
        .list("requestHeaders") { $0.gateway == nil ? $0.requestHeaders?.contexts ?? [] : [] },
        .list("grpcRequestHeaders") { $0.gateway == .grpc ? $0.requestHeaders?.overGRPC.contexts ?? [] : [] },
        .record("responseHeaders") {
            ResponseHeadersContext(headers: $0.responseHeaders, isHiding: $0.gateway == nil)
        },
        .list("grpcHiddenHeaders") { $0.gateway == .grpc ? $0.hiddenHeaders : [] },
        .optional("fastCGIIndex") { $0.gateway == .fastCGI ? $0.policy.value.fastCGI?.index : nil },
        .flag("resetsRoot") { $0.resetsRoot },
        .list("fastCGIParameters") { $0.parameters.contexts },
        .list("fastCGIHiddenHeaders") { $0.gateway == .fastCGI ? $0.hiddenHeaders : [] },
        .optional("prefixWithGroups") { $0.prefixWithGroups },
        .record("responseChanges") { ResponseChangesContext(changes: $0.policy.value.responseChanges) },
        .settings("settings") { $0.policy.value.settings.adding($0.tls?.settings ?? .init()).passing(by: $0.gateway) },
    ]
}

/// The headers of a server's locations that set none themselves.
struct InheritedHeaders: Sendable, Hashable {
    var request: RequestHeaders
    var response: ResponseHeaders
    /// Whether clients could send headers by other names that backends take for the same.
    var dropsTwins: Bool

    /// All headers of requests where a block says some of its own.
    func request(with others: RequestHeaders) -> RequestHeaders {
        let whole = request.overridden(by: others)
        return dropsTwins ? whole.withoutTwins : whole
    }
}

/// The fields that `preflight` in `location.tmpl` can name.
struct PreflightContext: TemplateContext {
    static let name = "Preflight"

    /// Is set for the requests; `nil` where these are all OPTIONS.
    var variable: VariableName?

    static let fields: [TemplateField<Self>] = [
        .optional("variable") { $0.variable.map(Identifier.init) }
    ]
}

/// The fields that `passwords` in `location.tmpl` can name.
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

/// The fields that `external` in `location.tmpl` can name.
struct ExternalNameContext: TemplateContext {
    static let name = "ExternalName"

    var host: HostName
    var port: PortNumber

    init(host: HostName, port: PortNumber) {
        (self.host, self.port) = (host, port)
    }

    /// Returns `nil` for a backend that is not resolved while serving.
    init?(_ backend: Backend) {
        guard case .name(let host, let port) = backend else { return nil }
        self.init(host: host, port: port)
    }

    static let fields: [TemplateField<Self>] = [
        .argument("host") { $0.host },
        .argument("port") { $0.port },
    ]
}

/// The fields that `rewrite` in `location.tmpl` can name.
struct RewriteContext: TemplateContext {
    static let name = "Rewrite"

    var rewrite: Rewrite

    init(_ rewrite: Rewrite) {
        self.rewrite = rewrite
    }

    static let fields: [TemplateField<Self>] = [
        .optional("pattern") { $0.rewrite.pattern?.ignoringCase },
        .argument("target") { $0.rewrite.target },
    ]
}
