import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `question.tmpl` can name: where a service is asked, and where clients are sent to sign in.
struct QuestionContext: TemplateContext {
    static let name = "Question"

    var question: AuthenticationQuestion
    /// All that the service is told.
    var requestHeaders: RequestHeaders
    /// All that the redirect to sign in says.
    var signInHeaders: ResponseHeaders
    var cache: AuthenticationCacheContext?
    var isLogged: Bool

    private var authentication: Authentication { question.authentication }

    init(_ question: AuthenticationQuestion, _ inherited: InheritedHeaders, _ support: QuestionSupport) {
        var question = question
        let client = support.client
        question.authentication = client.asked(question.authentication)
        let authentication = question.authentication
        self.question = question
        requestHeaders = client.asked(inherited.request(with: .asking(authentication)))
        let answering = inherited.response.with(.answering(authentication, support))
        signInHeaders = question.cors.map { answering.with(LoweredCORS($0).headers) } ?? answering
        isLogged = support.isLogged
        guard support.keepsAnswers else { return }
        cache = authentication.cache.flatMap { AuthenticationCacheContext($0, of: question.name) }
    }

    static let fields: [TemplateField<Self>] = [
        .argument("match") { LocationMatch.internal($0.question.name) },
        .flag("isLogged") { $0.isLogged },
        .optional("method") { $0.authentication.method },
        .list("requestHeaders") { $0.requestHeaders.contexts },
        .settings("settings") { $0.authentication.settings },
        .optional("cache") { $0.cache },
        .flag("usesTLS") { $0.authentication.usesTLS },
        .argument("host") { $0.authentication.host },
        .optional("externalName") { $0.externalName },
        .optional("url") { $0.authentication.url },
        .optional("signIn") { $0.signIn },
    ]

    private var signIn: SignInContext? {
        guard let url = authentication.signIn, let name = question.signInName else { return nil }
        return SignInContext(name: name, url: url, headers: signInHeaders)
    }

    private var externalName: ExternalNameContext? {
        guard case .name(let host, let port) = authentication.service else { return nil }
        return ExternalNameContext(.name(host, port))
    }
}

/// The fields that `page` in `question.tmpl` can name.
struct SignInContext: TemplateContext {
    static let name = "SignIn"

    var name: Identifier
    var url: Expression
    var headers: ResponseHeaders

    static let fields: [TemplateField<Self>] = [
        .argument("match") { LocationMatch.named($0.name) },
        .argument("url") { $0.url },
        .record("responseHeaders") { ResponseHeadersContext(headers: $0.headers) },
    ]
}

/// The fields that `cache` in `question.tmpl` can name.
struct AuthenticationCacheContext: TemplateContext {
    static let name = "AuthenticationCache"

    var key: Expression
    var validity: [Validity]

    struct Validity: TemplateContext {
        static let name = "CacheValidity"

        var validity: Authentication.Validity

        static let fields: [TemplateField<Self>] = [
            .argument("statuses") { $0.validity.statuses },
            .argument("time") { $0.validity.time },
        ]
    }

    /// - Parameter name: The name of what is asked, which tells apart all that the requests do not.
    init?(_ cache: Authentication.Cache, of name: Identifier) {
        let variables = [.host, .requestMethod, .authenticationKey, VariableName(known: "http_authorization")]
        let parts = [.literal("\(name)")] + variables.flatMap { [.literal(" "), Expression.Part.variable($0)] }
        guard let key = Expression(parts: parts) else { return nil }
        self.key = key
        validity = cache.validity.map(Validity.init)
    }

    static let fields: [TemplateField<Self>] = [
        .argument("key") { $0.key },
        .list("validity") { $0.validity },
    ]
}

/// The fields that `question` in `guards.tmpl` can name.
struct LocationQuestionContext: TemplateContext {
    static let name = "LocationQuestion"

    var question: AuthenticationQuestion
    /// The variables that are set by the answer.
    var answers: [Answer]
    /// The key that tells apart requests that may have different answers.
    var key: Expression?

    struct Answer: TemplateContext {
        static let name = "Answer"

        var variable: VariableName
        var value: VariableName

        static let fields: [TemplateField<Self>] = [
            .argument("variable") { Identifier($0.variable) },
            .argument("value") { Expression($0.value) },
        ]
    }

    /// - Parameter more: What the location's own steps take of the answer.
    init(_ question: AuthenticationQuestion, _ more: [RequestScript.Answer], _ support: QuestionSupport) {
        let authentication = question.authentication
        self.question = question
        key = support.keepsAnswers ? authentication.cache.map { support.client.asked($0.key) } : nil
        answers = [Answer(variable: .authenticationCookie, value: VariableName(known: "upstream_http_set_cookie"))]
        for (index, name) in authentication.responseHeaders.enumerated() {
            answers.append(Answer(variable: .authenticationHeader(index), value: name.answerVariable))
        }
        answers += (authentication.answers + more).map { Answer(variable: $0.variable, value: $0.value) }
        guard support.isProbed else { return }
        answers.append(
            Answer(variable: .askedUpstream, value: HeaderName(known: "X-Postern-Upstream").answerVariable)
        )
    }

    static let fields: [TemplateField<Self>] = [
        .argument("name") { $0.question.name },
        .optional("key") { $0.key },
        .list("answers") { $0.answers },
        .optional("signIn") { $0.question.authentication.signIn == nil ? nil : $0.question.signInName },
    ]
}
