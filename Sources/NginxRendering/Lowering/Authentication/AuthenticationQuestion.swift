import Incremental
import NginxSyntax
import ProxyConfiguration

/// A question to a service, as the locations of one server that need the same answer ask it.
struct AuthenticationQuestion: Sendable, Hashable {
    var name: Identifier
    var authentication: Authentication
    /// Which pages may read a redirect to sign in.
    var cors: CORSPolicy?

    /// The name of the location that sends clients to sign in.
    var signInName: Identifier? { Identifier("sign-in-\(name)") }
}

/// The limits that nginx and the files around it set to questions.
struct QuestionSupport: Sendable, Hashable {
    /// Whether nginx can ask at all; where it cannot, no request passes that somebody is to be asked about.
    var isPossible: Bool
    /// Whether there is a folder for answers.
    var keepsAnswers: Bool
    /// Whether the cookies of an answer are in one variable, which has to be taken apart.
    var joinsCookies: Bool
    /// Whether responses tell who was asked.
    var isProbed: Bool
    /// Whether the requests to the service are in the access log.
    var isLogged: Bool
    /// How nginx finds out how a client has asked.
    var client: ClientVariables
}

extension Location {
    /// The question before a request is passed on; `nil` where nobody is asked.
    ///
    /// A location that passes nothing on answers before it would ask.
    var question: AuthenticationQuestion? {
        guard case .proxy = action, let authentication = policy.value.authentication,
            case let cors = authentication.signIn == nil ? nil : policy.value.cors,
            let name = authentication.name(at: path, for: cors)
        else { return nil }
        return AuthenticationQuestion(name: name, authentication: authentication, cors: cors)
    }
}

extension Authentication {
    /// The URL that is asked for; `nil` where there is nobody to ask.
    ///
    /// It always has a path: without one nginx would ask for the name of the location.
    var url: Expression? {
        let scheme = usesTLS ? "https://" : "http://"
        let host: [Expression.Part] =
            switch service {
            case .upstream(let name): [.literal("\(scheme)\(name)")]
            case .address(let address): [.literal("\(scheme)\(address)")]
            case .name: [.literal(scheme), .variable(.authenticationService)]
            case .requestHost(let port): [.literal(scheme), .variable(.host), .literal(":\(port)")]
            case .unavailable: []
            }
        return host.isEmpty ? nil : Expression(parts: host + target.parts)
    }

    /// The texts with variables that it brings into the configuration.
    var expressions: [Expression] {
        [target, host] + requestHeaders.headers.map(\.value) + [redirect, signIn, cache?.key].compactMap(\.self)
    }
}

extension ResponseHeaders {
    /// The headers of responses that hold parts of a service's answer.
    ///
    /// - Parameter later: The cookies behind the first one, where nginx knows of these by their names alone.
    static func answering(
        _ authentication: Authentication,
        _ support: QuestionSupport,
        later: [RequestScript.LaterCookie] = []
    ) -> ResponseHeaders {
        let variables = support.joinsCookies ? AnswerCookies.variables : [.authenticationCookie] + later.map(\.header)
        let cookies = variables.map { variable in
            ResponseHeader(
                HeaderName(known: "Set-Cookie"),
                Expression(variable),
                isAlways: authentication.alwaysSetsCookies
            )
        }
        return ResponseHeaders(added: cookies)
    }

    /// Tells who was asked.
    static let asked = ResponseHeaders(
        added: [ResponseHeader(HeaderName(known: "X-Postern-Asked"), Expression(.askedUpstream))]
    )
}

extension VariableName {
    static let requestMethod = VariableName(known: "request_method")
    /// The host and the port of a service that is resolved while serving.
    static let authenticationService = VariableName(known: "auth_service")
    /// The cookies of a service's answer.
    static let authenticationCookie = VariableName(known: "auth_cookie")
    /// The key that tells apart requests that may have different answers.
    static let authenticationKey = VariableName(known: "auth_key")
    /// The upstream that was asked, as the echo of a shadow says.
    static let askedUpstream = VariableName(known: "asked_upstream")

    /// The value of one of the headers of a service's answer that backends get.
    static func authenticationHeader(_ index: Int) -> VariableName {
        VariableName(known: "auth_header", number: index)
    }
}

extension ProcessSettings {
    /// The folder in which nginx keeps answers; `nil` where no path can name one.
    func answerFolder(_ capabilities: NginxCapabilities) -> FilePath? {
        if let temporaryFolder { return FilePath(temporaryFolder.value + "/answers") }
        let parent = capabilities.temporaryFolder
        return FilePath(parent.isEmpty ? "postern-answers" : "\(parent)/postern-answers")
    }
}

extension HeaderName {
    /// The variable that holds the header of a service's answer.
    var answerVariable: VariableName {
        VariableName("upstream_http_\(lowercased.replacing("-", with: "_"))") ?? .authenticationCookie
    }
}
