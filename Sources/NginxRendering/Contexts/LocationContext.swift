import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `location.tmpl` can name.
///
/// What one field alone needs is lowered where that field is read; it holds what several need.
struct LocationContext: TemplateContext {
    static let name = "Location"

    private let part: LocationPart
    private var action: LocationAction
    /// The name of the canary in the access log, for a request that it takes.
    private let canaryName: Expression?
    /// What requests have to pass before they are passed on; `nil` where that is nothing.
    private var guards: GuardsContext?
    /// The backend that answers in place of errors.
    private var errorPages: ErrorPagesContext?
    /// All that backends are told; `nil` where that is what they are told everywhere.
    private var requestHeaders: RequestHeaders?
    /// All that responses say; `nil` where that is what the server's say.
    private var responseHeaders: ResponseHeaders?
    /// The module that passes requests on; `nil` for proxy, and where none are.
    private var gateway: Gateway?
    /// Headers of a backend that clients do not see, where a gateway passes its responses on.
    private var hiddenHeaders: [HeaderName] = []
    /// All that a backend is told by FastCGI; empty where that is what all are told.
    private var parameters = FastCGIParameters()

    init(_ part: LocationPart) {
        self.part = part
        let location = part.block.location
        let canary = location.canaryRouting
        canaryName = canary.map { Expression($0.canaryName) }
        let shared = part.surroundings.value.shared
        let isProbed = shared.value.questions.isProbed
        action = LocationAction(location.action, canary, shared.value.client, isProbed: isProbed)
        guards = GuardsContext(part)
        // Most Ingresses have the plain policy, and ask for nothing of what follows.
        let isPlain = location.policy.isCopy(of: LocationPolicy.plain)
        if isPlain { tellBackendHeaders() } else { setHeaders(canary) }
        if let proxying { pass(proxying, canary) }
        guard !isPlain else { return }
        let signsIn = guards?.question?.question.authentication.signIn != nil
        errorPages = ErrorPagesContext(location, signsIn: signsIn, gateway)
    }

    private var location: Location { part.block.location }
    private var policy: LocationPolicy { _read { yield part.block.location.policy.value } }
    private var inherited: InheritedHeaders { _read { yield part.surroundings.value.inherited } }
    private var shared: SharedByServers { _read { yield part.surroundings.value.shared.value } }
    private var client: ClientVariables { _read { yield part.surroundings.value.shared.value.client } }
    /// How requests are passed on; `nil` where nginx answers.
    private var proxying: Proxying? { if case .proxy(let proxying) = location.action { proxying } else { nil } }

    private mutating func tellBackendHeaders() {
        guard let reported = location.action.backendHeaders else { return }
        requestHeaders = (requestHeaders ?? inherited.request).overridden(by: reported)
    }

    private mutating func setHeaders(_ canary: CanaryRouting?) {
        requestHeaders = policy.requestHeaders.map { inherited.request(with: client.connected($0)) }
        tellBackendHeaders()
        if policy.passwords != nil {
            let reported = (requestHeaders ?? RequestHeaders()).overridden(by: .withoutPassword)
            requestHeaders = inherited.request(with: reported)
        }
        responseHeaders = location.responseHeaders(inherited).map { client.connected($0) }
        if let cookie = SessionSetting(of: location, canary) {
            let setting = ResponseHeader(HeaderName(known: "Set-Cookie"), Expression(cookie.variable))
            responseHeaders = (responseHeaders ?? inherited.response).with(ResponseHeaders(added: [setting]))
        }
        if let question = location.question { ask(question) }
    }

    /// Has the headers be told to what speaks another protocol, whose module inherits nothing of proxy's.
    private mutating func pass(_ proxying: Proxying, _ canary: CanaryRouting?) {
        gateway = proxying.transport.speaks.gateway
        guard gateway != nil else { return }
        hiddenHeaders = (responseHeaders ?? inherited.response).hidden
        guard gateway != .fastCGI else {
            let own = policy.fastCGI
            guard requestHeaders != nil || !(own?.parameters.isEmpty ?? true) else { return }
            parameters = FastCGIParameters(requestHeaders ?? inherited.request, own, client)
            return
        }
        if shared.questions.isProbed, let name = proxying.host(canary).expression {
            requestHeaders = (requestHeaders ?? inherited.request).overridden(by: .probing(name))
        }
    }

    /// Passes on a service's answer; refuses all requests where nginx cannot ask.
    private mutating func ask(_ question: AuthenticationQuestion) {
        let support = shared.questions
        guard support.isPossible, guards != nil else {
            action = .status(.serviceUnavailable)
            return
        }
        let script = policy.script?.value ?? RequestScript()
        guards?.question = LocationQuestionContext(question, script.answers, support)
        let authentication = question.authentication
        if !authentication.responseHeaders.isEmpty {
            let reported = (requestHeaders ?? RequestHeaders()).overridden(by: .answered(to: authentication))
            requestHeaders = inherited.request(with: reported)
        }
        responseHeaders = (responseHeaders ?? inherited.response)
            .with(.answering(authentication, support, later: script.laterCookies))
        if support.isProbed { responseHeaders = responseHeaders?.with(.asked) }
    }
}

extension LocationContext {
    /// Says which Ingress it comes from, where its server does not.
    private var comment: CommentText? {
        part.surroundings.value.namesOrigin ? location.origin.map(CommentText.init) : nil
    }

    private var isUnlogged: Bool {
        !location.isLogged || !policy.isLogged || location.isUnmatched && !shared.logsUnmatched
    }

    /// The name of the backend in the access log; `nil` where there is none.
    private var backendName: Identifier? {
        shared.isLogged ? location.loggedBackend.flatMap { Identifier($0.text) } : nil
    }

    /// The backend's name, where nginx resolves it while serving.
    private var externalName: ExternalNameContext? {
        canaryName == nil ? proxying.flatMap { ExternalNameContext($0.backends.primary) } : nil
    }

    /// The steps by which it is decided about requests before they are passed on.
    private var script: [ScriptStepContext] {
        guard let script = policy.script else { return [] }
        switch location.action {
        case .proxy, .script: return script.value.steps.map { ScriptStepContext(step: ScriptStep($0, client)) }
        case .redirect, .fixedRedirect, .status, .stubStatus: return []
        }
    }

    /// The directives that are no fields of their own.
    private var settings: DirectiveSettings<LocationBlock> {
        guard let transport = proxying?.transport, transport.speaks.usesTLS else {
            return policy.settings.passing(by: gateway)
        }
        return policy.settings.adding(transport.tls.settings).passing(by: gateway)
    }

    static let fields: [TemplateField<Self>] = [
        .optional("comment") { $0.comment },
        .argument("match") { $0.part.block.match },
        .optional("guards") { $0.guards },
        .flag("isUnlogged") { $0.isUnlogged },
        .flag("namesClientByLine") { $0.part.surroundings.value.namesClientsByLine },
        .list("logVariables") {
            $0.location.values(of: $0.shared.logVariables, and: $0.policy.script?.value.parts ?? [])
        },
        .optional("backendName") { $0.backendName },
        .optional("canaryName") { $0.canaryName },
        .choice("action") { $0.action },
        .optional("externalName") { $0.externalName },
        .list("script") { $0.script },
        .optional("rewrite") { $0.location.action.rewrite.map(RewriteContext.init) },
        .optional("mirrorName") { $0.location.mirrorName },
        .flag("mirrorLeavesBody") { !($0.policy.mirror?.copiesBody ?? true) },
        .optional("errorPages") { $0.errorPages },
        .list("requestHeaders") { $0.gateway == nil ? $0.requestHeaders?.contexts ?? [] : [] },
        .list("grpcRequestHeaders") { $0.gateway == .grpc ? $0.requestHeaders?.overGRPC.contexts ?? [] : [] },
        .record("responseHeaders") {
            ResponseHeadersContext(headers: $0.responseHeaders, isHiding: $0.gateway == nil)
        },
        .list("grpcHiddenHeaders") { $0.gateway == .grpc ? $0.hiddenHeaders : [] },
        .optional("fastCGIIndex") { $0.gateway == .fastCGI ? $0.policy.fastCGI?.index : nil },
        .flag("resetsRoot") { $0.shared.liveCertificates != nil },
        .list("fastCGIParameters") { $0.parameters.contexts },
        .list("fastCGIHiddenHeaders") { $0.gateway == .fastCGI ? $0.hiddenHeaders : [] },
        .optional("prefixWithGroups") { $0.location.action.prefixWithGroups },
        .record("responseChanges") { ResponseChangesContext(changes: $0.policy.responseChanges) },
        .settings("settings") { $0.settings },
    ]
}
