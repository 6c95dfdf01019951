/// Which hosts beside those of its rules an Ingress is about.
struct HostValues: Sendable, Hashable {
    /// Whether the host with `www.` leads to that without, or the other way round.
    var redirectsWWW = false
}

enum Hosts {
    static let settings: [Setting] = [
        .value(
            "from-to-www-redirect",
            .bool,
            \.hosts.redirectsWWW,
            default: "false",
            scope: .server,
            needs: .rule,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("no other host is redirected"),
            "Redirects the host with `www.` to that without where this is the host of a rule, or the other way round, with "
                + "the status of http-redirect-code; a host that an Ingress names is never redirected."
        ),
        .unsupported(
            "server-alias",
            from: .annotation,
            scope: .server,
            "Names other hosts that are served like the Ingress's."
        ),
        .unsupported(
            "ssl-passthrough",
            from: .annotation,
            scope: .server,
            "Passes TLS connections of the host to the backend as they are."
        ),
    ]
}
