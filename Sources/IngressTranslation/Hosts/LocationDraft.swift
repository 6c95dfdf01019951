import Diagnostics
import Incremental
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
    /// The name of the backend in the access log, where the action has no upstream that tells.
    var backendName: BackendName?
    /// Whether ingress-nginx would make the whole host's paths regular expressions for this one.
    var makesHostRegular = false
    /// Takes some of its requests; its part of the action is there already.
    var canary: ByReference<CanaryDraft>?

    /// Those of the action, of its canary, of the service that is asked, of who gets copies, and of the backend for errors.
    var upstreams: [UpstreamKey] {
        [upstream, canary?.upstream, question.upstream, owner.mirrorUpstream, owner.errorAnswers.pagesUpstream]
            .compactMap(\.self)
    }

    /// - Parameter matchLimit: How many steps an expression of the host may take.
    func location(onSecureHost isSecure: Bool, matchLimit: Int) -> Location {
        Location(
            path: path.limited(to: matchLimit),
            origin: owner.reference,
            httpsRedirect: isPlain || isRedirect ? nil : owner.httpsRedirect(onSecureHost: isSecure),
            action: action.limited(to: matchLimit),
            backendName: backendName,
            isPlain: isPlain,
            policy: policy
        )
    }

    /// Whether the path leads to another URL, as it does before anything is sent to HTTPS in ingress-nginx too.
    private var isRedirect: Bool {
        switch action {
        case .redirect, .fixedRedirect: true
        case .proxy, .status, .script, .stubStatus: false
        }
    }

    /// Whether the path is one of those that are never redirected.
    private var isPlain: Bool {
        let text =
            switch path {
            case .exact(let path), .prefix(let path): path.value
            case .expression(let expression): expression.pattern
            }
        return owner.values.https.plainPaths.contains { text.utf8.starts(with: $0.utf8) }
    }
}

extension AdmittedIngress {
    /// How plain HTTP is sent to HTTPS: where the host has TLS, or where the Ingress insists.
    func httpsRedirect(onSecureHost isSecure: Bool) -> HTTPSRedirect? {
        values.https.forces || isSecure && values.https.redirects ? values.https.redirect : nil
    }
}

extension PathMatch {
    fileprivate func limited(to matchLimit: Int) -> PathMatch {
        guard case .expression(let expression) = self, expression.matchLimit != matchLimit else { return self }
        return .expression(expression.limited(to: matchLimit))
    }
}

extension Location.Action {
    fileprivate func limited(to matchLimit: Int) -> Location.Action {
        guard let pattern = rewrite?.pattern, pattern.matchLimit != matchLimit else { return self }
        var action = self
        action.rewrite?.pattern = pattern.limited(to: matchLimit)
        return action
    }
}
