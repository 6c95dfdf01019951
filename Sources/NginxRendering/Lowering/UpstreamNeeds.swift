import ProxyConfiguration

/// The needs of an upstream that `http`, or the echo of a shadow, meets once for all of them.
struct UpstreamNeeds: Sendable, Hashable {
    /// The variables that it uses.
    var declarations: [SharedDeclaration] = []
    /// The transport to its endpoints.
    var spoken: BackendProtocol
}

extension [UpstreamContext] {
    /// The needs of all of them; those of neighbours that need the same, as nearly all do, once.
    var needs: [UpstreamNeeds] {
        var needs: [UpstreamNeeds] = []
        for upstream in self where upstream.needs != needs.last { needs.append(upstream.needs) }
        return needs
    }
}
