/// Which other hosts lead to that of a rule.
enum Hosts {
    static let settings: [Setting] = [
        .unsupported(
            "from-to-www-redirect",
            from: .annotation,
            scope: .server,
            "Redirects the host with www to that without, or the other way round."
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
