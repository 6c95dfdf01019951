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

    enum Case: String, CaseIterable {
        case status, stubStatus, redirect, fixedRedirect, http, grpc
    }

    static let name = "Action"

    /// - Parameter canary: How the backend is chosen, where there are two.
    init(_ action: Location.Action, _ canary: CanaryRouting?, _ client: ClientVariables) {
        switch action {
        case .status(let code): self = .status(code)
        case .stubStatus: self = .stubStatus
        case .redirect: self = .redirect
        case .fixedRedirect(var redirect):
            redirect.target = client.asked(redirect.target)
            self = .fixedRedirect(FixedRedirectContext(redirect: redirect))
        case .proxy(let proxying):
            let url = proxying.url(canary)
            self = proxying.transport.speaks.isGRPC ? .grpc(url) : .http(url)
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
        }
    }

    static func payload(of templateCase: Case) -> TemplatePayload<LocationAction> {
        switch templateCase {
        case .status: .argument { if case .status(let code) = $0 { code } else { nil } }
        case .fixedRedirect: .record { if case .fixedRedirect(let redirect) = $0 { redirect } else { nil } }
        case .http: .argument { if case .http(let url) = $0 { url } else { nil } }
        case .grpc: .argument { if case .grpc(let url) = $0 { url } else { nil } }
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
