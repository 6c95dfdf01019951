import NginxSyntax
import ProxyConfiguration
import Template

/// The action of nginx on a request, for `{% switch action %}` in `location.tmpl`.
enum LocationAction: TemplateChoice, Hashable {
    case status(StatusCode)
    /// nginx's own counters.
    case stubStatus
    /// The rewrite sends each request to a URL, so that nothing comes behind it.
    case redirect
    case fixedRedirect(FixedRedirectContext)
    /// The URL of the backend.
    case http(BackendURL)
    case grpc(BackendURL)
    case fastCGI(BackendURL)

    enum Case: String, CaseIterable {
        case status, stubStatus, redirect, fixedRedirect, http, grpc, fastCGI
    }

    static let name = "Action"

    /// - Parameters:
    ///   - canary: How the backend is chosen, where there are two.
    ///   - isProbed: Whether an echo answers in place of backends.
    init(_ action: Location.Action, _ canary: CanaryRouting?, _ client: ClientVariables, isProbed: Bool) {
        switch action {
        case .status(let code): self = .status(code)
        case .script: self = .status(.notFound)
        case .stubStatus: self = .stubStatus
        case .redirect: self = .redirect
        case .fixedRedirect(var redirect):
            redirect.target = client.asked(redirect.target)
            self = .fixedRedirect(FixedRedirectContext(redirect: redirect))
        case .proxy(let proxying):
            let url = proxying.url(canary, isProbed: isProbed)
            switch proxying.transport.speaks.gateway {
            case nil: self = .http(url)
            case .grpc: self = .grpc(url)
            case .fastCGI: self = isProbed ? .http(url) : .fastCGI(url)
            }
        }
    }

    var templateCase: Case {
        switch self {
        case .status: .status
        case .stubStatus: .stubStatus
        case .redirect: .redirect
        case .fixedRedirect: .fixedRedirect
        case .http: .http
        case .grpc: .grpc
        case .fastCGI: .fastCGI
        }
    }

    static func payload(of templateCase: Case) -> TemplatePayload<LocationAction> {
        switch templateCase {
        case .status: .argument { if case .status(let code) = $0 { code } else { nil } }
        case .fixedRedirect: .record { if case .fixedRedirect(let redirect) = $0 { redirect } else { nil } }
        case .http: .argument { if case .http(let url) = $0 { url } else { nil } }
        case .grpc: .argument { if case .grpc(let url) = $0 { url } else { nil } }
        case .fastCGI: .argument { if case .fastCGI(let url) = $0 { url } else { nil } }
        case .stubStatus, .redirect: .none
        }
    }
}

/// The fields that `target` in `location.tmpl` can name.
struct FixedRedirectContext: TemplateContext {
    static let name = "FixedRedirect"

    var redirect: FixedRedirect

    static let fields: [TemplateField<Self>] = [
        .argument("status") { $0.redirect.status },
        .argument("url") { $0.redirect.target },
    ]
}
