import NginxSyntax
import ProxyConfiguration
import Template

/// What nginx does with a request, for `{% switch action %}` in `location.tmpl`.
enum LocationAction: TemplateChoice, Hashable {
    case status(StatusCode)
    /// nginx's own counters.
    case stubStatus
    /// The rewrite sends each request to a URL, so that nothing comes behind it.
    case redirect
    case fixedRedirect(FixedRedirectContext)
    case upstream(Identifier)
    /// The backend that a variable holds: the location's own, or its canary's.
    case split(Identifier)
    /// A name that is resolved while serving, which a variable holds.
    case externalName

    enum Case: String, CaseIterable {
        case status, stubStatus, redirect, fixedRedirect, upstream, split, externalName
    }

    static let name = "Action"

    /// - Parameter canary: How the backend is chosen, where there are two.
    init(_ action: Location.Action, _ canary: CanaryRouting?) {
        if let canary {
            self = .split(Identifier(canary.backend))
            return
        }
        switch action {
        case .status(let code): self = .status(code)
        case .stubStatus: self = .stubStatus
        case .redirect: self = .redirect
        case .fixedRedirect(let redirect): self = .fixedRedirect(FixedRedirectContext(redirect: redirect))
        case .proxy(let proxying):
            switch proxying.backends.primary {
            case .upstream(let name): self = .upstream(name)
            case .name: self = .externalName
            }
        }
    }

    var templateCase: Case {
        switch self {
        case .status: .status
        case .stubStatus: .stubStatus
        case .redirect: .redirect
        case .fixedRedirect: .fixedRedirect
        case .upstream: .upstream
        case .split: .split
        case .externalName: .externalName
        }
    }

    static func payload(of templateCase: Case) -> TemplatePayload<LocationAction> {
        switch templateCase {
        case .status: .argument { if case .status(let code) = $0 { code } else { nil } }
        case .fixedRedirect: .record { if case .fixedRedirect(let redirect) = $0 { redirect } else { nil } }
        case .upstream: .argument { if case .upstream(let name) = $0 { name } else { nil } }
        case .split: .argument { if case .split(let variable) = $0 { variable } else { nil } }
        case .stubStatus, .redirect, .externalName: .none
        }
    }
}

/// What `target` in `location.tmpl` can name.
struct FixedRedirectContext: TemplateContext {
    static let name = "FixedRedirect"

    var redirect: FixedRedirect

    static let fields: [TemplateField<Self>] = [
        .argument("status") { $0.redirect.status },
        .argument("url") { $0.redirect.target },
    ]
}
