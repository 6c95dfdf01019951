package import Diagnostics
package import Incremental
package import NginxSyntax

/// A path of a host, and the handling of its requests.
package struct Location: Sendable, Hashable {
    @usableFromInline var fields: ByReference<Fields>

    package struct Fields: Sendable, Hashable {
        package var path: PathMatch
        package var origin: ObjectReference?
        /// How a request by plain HTTP is sent to the same URL by HTTPS; `nil` where it is served.
        package var httpsRedirect: HTTPSRedirect?
        package var action: Action
        /// The name of the backend in the access log; `nil` where the upstream's own name tells it, or there is none.
        package var backendName: BackendName?
        /// Whether its requests are in the access log.
        package var isLogged: Bool
        /// Whether it serves what no Ingress names, which is logged only where ``AccessLog/logsUnmatched`` says so.
        package var isUnmatched: Bool
        /// Whether it is served by plain HTTP whatever else is said, as it is where a certificate authority proves the host.
        package var isPlain: Bool
        /// Shared by the locations of an Ingress.
        package var policy: ByReference<LocationPolicy>
    }

    package init(
        path: PathMatch,
        origin: ObjectReference? = nil,
        httpsRedirect: HTTPSRedirect? = nil,
        action: Action,
        backendName: BackendName? = nil,
        isLogged: Bool = true,
        isUnmatched: Bool = false,
        isPlain: Bool = false,
        policy: ByReference<LocationPolicy> = LocationPolicy.plain
    ) {
        fields = ByReference(
            Fields(
                path: path,
                origin: origin,
                httpsRedirect: httpsRedirect,
                action: action,
                backendName: backendName,
                isLogged: isLogged,
                isUnmatched: isUnmatched,
                isPlain: isPlain,
                policy: policy
            )
        )
    }

    package enum Action: Sendable, Hashable {
        case proxy(Proxying)
        /// Sends the client to a URL with 302: the rewrite's target begins with a scheme and a host.
        case redirect(Rewrite)
        /// Sends the client to the same place whatever the path is.
        case fixedRedirect(FixedRedirect)
        case status(StatusCode)
        /// The script of its policy answers; where that does not, there is nothing, and the answer is 404.
        case script
        /// nginx's own counters, for the machine itself only.
        case stubStatus

        /// Passes all requests to one backend.
        package static func proxy(
            _ backend: Backend,
            rewrite: Rewrite? = nil,
            by transport: BackendTransport = .plain
        ) -> Action {
            .proxy(Proxying(to: BackendSplit(backend), rewrite: rewrite, by: transport))
        }

        /// The rewrite of the path, which comes first.
        package var rewrite: Rewrite? {
            get {
                switch self {
                case .proxy(let proxying): proxying.rewrite
                case .redirect(let rewrite): rewrite
                case .fixedRedirect, .status, .script, .stubStatus: nil
                }
            }
            set {
                switch (self, newValue) {
                case (.proxy(var proxying), _):
                    proxying.rewrite = newValue
                    self = .proxy(proxying)
                case (.redirect, let rewrite?): self = .redirect(rewrite)
                case (.redirect, nil), (.fixedRedirect, _), (.status, _), (.script, _), (.stubStatus, _): break
                }
            }
        }
    }

    /// The Ingress that takes some of its requests.
    package var canaryOrigin: ObjectReference? {
        if case .proxy(let proxying) = action { proxying.backends.canary?.origin } else { nil }
    }

    /// The transport to its backends; `nil` where nginx answers itself.
    package var spoken: BackendProtocol? {
        if case .proxy(let proxying) = action { proxying.transport.speaks } else { nil }
    }

    /// Each backend that its requests may be passed to; none where nginx answers itself.
    package var backends: [Backend] {
        if case .proxy(let proxying) = action { proxying.backends.all } else { [] }
    }
}

extension Location {
    /// Whether a name has to be resolved while serving.
    package var resolvesNames: Bool {
        if case .name = policy.mirror?.receiver { return true }
        let asked = backends + [policy.errorPages?.backend].compactMap(\.self)
        let isBackendNamed = asked.contains { if case .name = $0 { true } else { false } }
        switch policy.authentication?.service {
        case .name, .requestHost: return true
        case .upstream, .address, .unavailable, nil: return isBackendNamed
        }
    }
}
