import Incremental
package import NginxSyntax

/// How the requests of a location are passed on.
package struct Proxying: Sendable, Hashable {
    /// By reference, since it is large and handed on often.
    private var fields: ByReference<Fields>

    private struct Fields: Sendable, Hashable {
        var backends: BackendSplit
        var rewrite: Rewrite?
        var transport: BackendTransport
        var host: Expression?
        var forwardedPrefix: Expression?
        var standsInFor: ErrorSource?
    }

    package init(to backends: BackendSplit, rewrite: Rewrite? = nil, by transport: BackendTransport = .plain) {
        fields = ByReference(Fields(backends: backends, rewrite: rewrite, transport: transport))
    }

    package var backends: BackendSplit {
        _read { yield fields.value.backends }
        set { fields.backends = newValue }
    }
    package var rewrite: Rewrite? {
        _read { yield fields.value.rewrite }
        set { fields.rewrite = newValue }
    }
    /// How they travel, to whichever backend.
    package var transport: BackendTransport {
        _read { yield fields.value.transport }
        set { fields.transport = newValue }
    }
    /// The host that backends are told in place of the request's.
    package var host: Expression? {
        _read { yield fields.value.host }
        set { fields.host = newValue }
    }
    /// The part of the path that backends do not see, as they are told; it may name groups of the rewrite's pattern.
    package var forwardedPrefix: Expression? {
        _read { yield fields.value.forwardedPrefix }
        set { fields.forwardedPrefix = newValue }
    }
    /// The backend without an endpoint in whose place another serves; `nil` where the backend is the one that is asked for.
    package var standsInFor: ErrorSource? {
        _read { yield fields.value.standsInFor }
        set { fields.standsInFor = newValue }
    }
}

/// The backends that serve the requests of a location.
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
