/// How a request finds one of a Service's endpoints.
enum Balancing {
    static let settings: [Setting] = [
        .unsupported("load-balance", from: .everywhere, scope: .upstream, "Chooses how requests find an endpoint."),
        .unsupported(
            "service-upstream",
            from: .everywhere,
            scope: .upstream,
            "Sends requests to the Service's cluster address in place of its endpoints."
        ),
        .unsupported(
            "upstream-hash-by",
            from: .everywhere,
            scope: .upstream,
            "Chooses the endpoint by a hash of this text."
        ),
        .unsupported(
            "upstream-hash-by-subset",
            from: .everywhere,
            scope: .upstream,
            "Chooses by that hash a set of endpoints, and one of them at random."
        ),
        .unsupported(
            "upstream-hash-by-subset-size",
            from: .everywhere,
            scope: .upstream,
            "Sets how many endpoints such a set has."
        ),
        .unsupported(
            "upstream-keepalive-connections",
            from: .global,
            "Sets how many idle connections to endpoints a worker keeps."
        ),
        .unsupported(
            "upstream-keepalive-requests",
            from: .global,
            "Limits how many requests one connection to an endpoint serves."
        ),
        .unsupported("upstream-keepalive-time", from: .global, "Limits how long a connection to an endpoint is kept."),
        .unsupported(
            "upstream-keepalive-timeout",
            from: .global,
            "Limits how long a connection to an endpoint may be idle."
        ),
    ]
}
