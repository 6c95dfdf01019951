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
    /// Whether ingress-nginx would make the whole host's paths regular expressions for this one.
    var makesHostRegular = false

    /// Certificate authorities prove a host by plain HTTP below this path.
    private static let acmeChallenge = "/.well-known/acme-challenge"

    func location(onSecureHost isSecure: Bool) -> Location {
        Location(
            path: path,
            origin: owner.reference,
            redirectsToHTTPS: !isForACME && owner.redirectsToHTTPS(onSecureHost: isSecure),
            action: action
        )
    }

    private var isForACME: Bool {
        switch path {
        case .exact(let path), .prefix(let path): path.value.hasPrefix(Self.acmeChallenge)
        case .expression(let expression): expression.pattern.hasPrefix(Self.acmeChallenge)
        }
    }
}

extension AdmittedIngress {
    /// Whether plain HTTP is sent to HTTPS: where the host has TLS, or where the Ingress insists.
    func redirectsToHTTPS(onSecureHost isSecure: Bool) -> Bool {
        options.forcesHTTPS || isSecure && options.redirectsToHTTPS
    }
}
