package import Diagnostics
package import Incremental
package import NginxSyntax

/// What nginx does with the requests for one path of a host.
package struct Location: Sendable, Hashable {
    package var path: PathMatch
    package var origin: ObjectReference?
    /// The status with which a request by plain HTTP is sent to the same URL by HTTPS; `nil` where it is served.
    package var httpsRedirect: StatusCode?
    /// Whose requests are refused with 403 once nginx knows what to do with them, a redirect or a status excepted.
    package var deniedNetwork: CIDRBlock?
    package var action: Action
    /// What the access log calls the backend; `nil` where the upstream's own name tells, or there is none.
    package var backendName: Identifier?
    /// Whether its requests are in the access log.
    package var isLogged: Bool
    /// Shared by the locations of an Ingress.
    package var policy: ByReference<LocationPolicy>

    package init(
        path: PathMatch,
        origin: ObjectReference? = nil,
        httpsRedirect: StatusCode? = nil,
        deniedNetwork: CIDRBlock? = nil,
        action: Action,
        backendName: Identifier? = nil,
        isLogged: Bool = true,
        policy: ByReference<LocationPolicy> = LocationPolicy.plain
    ) {
        self.path = path
        self.origin = origin
        self.httpsRedirect = httpsRedirect
        self.deniedNetwork = deniedNetwork
        self.action = action
        self.backendName = backendName
        self.isLogged = isLogged
        self.policy = policy
    }

    package enum Action: Sendable, Hashable {
        case proxy(Backend, rewrite: Rewrite? = nil)
        /// Sends the client to a URL with 302: the rewrite's target begins with a scheme and a host.
        case redirect(Rewrite)
        case status(StatusCode)
        /// nginx's own counters, for the machine itself only.
        case stubStatus

        /// What is done to the path first.
        package var rewrite: Rewrite? {
            switch self {
            case .proxy(_, let rewrite): rewrite
            case .redirect(let rewrite): rewrite
            case .status, .stubStatus: nil
            }
        }
    }
}

/// Who serves the requests of a location.
package enum Backend: Sendable, Hashable {
    case upstream(Identifier)
    /// A name that is resolved while serving, so that it can fail no more than its own requests.
    case name(HostName, PortNumber)
}

/// A replacement of the whole path before a request is passed on.
package struct Rewrite: Sendable, Hashable {
    /// Matched anywhere in the decoded path, in any case; its groups are the target's `$1` to `$9`.
    ///
    /// `nil` replaces every path.
    package var pattern: RegularExpression?
    /// The new path, or the URL of a redirect; the query stays.
    package var target: Expression

    package init(pattern: RegularExpression?, target: Expression) {
        self.pattern = pattern
        self.target = target
    }
}
