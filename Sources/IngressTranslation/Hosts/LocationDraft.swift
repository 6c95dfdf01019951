import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A location before its host is known whole.
struct LocationDraft {
    var path: PathMatch
    /// The Ingress's own number for its path: the field that findings point at.
    var field: String
    var ingress: Ingress
    var options: IngressOptions
    var action: Location.Action
    /// Whether ingress-nginx would make the whole host's paths regular expressions for this one.
    var makesHostRegular = false

    /// Certificate authorities prove a host by plain HTTP below this path.
    private static let acmeChallenge = "/.well-known/acme-challenge"

    func location(onSecureHost isSecure: Bool) -> Location {
        Location(
            path: path,
            origin: ingress.reference,
            redirectsToHTTPS: !isForACME && (options.forcesHTTPS || isSecure && options.redirectsToHTTPS),
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
