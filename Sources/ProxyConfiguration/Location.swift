package import Diagnostics
package import NginxSyntax

/// What nginx does with the requests for one path of a host.
package struct Location: Sendable, Hashable {
    package var path: PathMatch
    package var origin: ObjectReference?
    /// The status with which a request by plain HTTP is sent to the same URL by HTTPS; `nil` where it is served.
    package var httpsRedirect: StatusCode?
    package var action: Action
    /// What the access log calls the backend; `nil` where the upstream's own name tells, or there is none.
    package var backendName: Identifier?
    /// Whether its requests are in the access log.
    package var isLogged: Bool

    package init(
        path: PathMatch,
        origin: ObjectReference? = nil,
        httpsRedirect: StatusCode? = nil,
        action: Action,
        backendName: Identifier? = nil,
        isLogged: Bool = true
    ) {
        self.path = path
        self.origin = origin
        self.httpsRedirect = httpsRedirect
        self.action = action
        self.backendName = backendName
        self.isLogged = isLogged
    }

    package enum Action: Sendable, Hashable {
        case proxy(Backend, rewrite: Rewrite? = nil)
        case status(StatusCode)
        /// nginx's own counters, for the machine itself only.
        case stubStatus
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
    /// The new path; the query stays.
    package var target: Expression

    package init(pattern: RegularExpression?, target: Expression) {
        self.pattern = pattern
        self.target = target
    }
}
