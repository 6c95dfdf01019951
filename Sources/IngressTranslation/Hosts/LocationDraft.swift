import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A location before its host is known whole.
struct LocationDraft {
    var path: PathMatch
    var place: BackendPlace
    var owner: AdmittedIngress
    var action: Location.Action
    /// The upstream that the action needs.
    var upstream: UpstreamKey?
    /// What the access log calls the backend, where the action has no upstream that tells.
    var backendName: Identifier?
    /// Whether ingress-nginx would make the whole host's paths regular expressions for this one.
    var makesHostRegular = false

    func location(onSecureHost isSecure: Bool) -> Location {
        Location(
            path: path,
            origin: owner.reference,
            httpsRedirect: isPlain ? nil : owner.httpsRedirect(onSecureHost: isSecure),
            action: action,
            backendName: backendName
        )
    }

    /// Whether the path is one of those that are never redirected.
    private var isPlain: Bool {
        let text =
            switch path {
            case .exact(let path), .prefix(let path): path.value
            case .expression(let expression): expression.pattern
            }
        return owner.options.plainPaths.contains { text.utf8.starts(with: $0.utf8) }
    }
}

extension AdmittedIngress {
    /// With which status plain HTTP is sent to HTTPS: where the host has TLS, or where the Ingress insists.
    func httpsRedirect(onSecureHost isSecure: Bool) -> StatusCode? {
        options.forcesHTTPS || isSecure && options.redirectsToHTTPS ? options.httpsRedirectStatus : nil
    }
}
