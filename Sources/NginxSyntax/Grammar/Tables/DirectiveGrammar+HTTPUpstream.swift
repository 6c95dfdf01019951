extension DirectiveGrammar {
    /// The directives in and around `upstream` of `http`.
    static let httpUpstream: [DirectiveSyntax] = [
        table(
            module: nil,
            [
                Row("upstream", [.http], .one, .literal, opens: .upstream),
                Row("server", [.upstream], .oneOrMore),
                Row("resolver", [.upstream], .oneOrMore, since: NginxVersion(1, 27, 3)),
                Row("resolver_timeout", [.upstream], .one, since: NginxVersion(1, 27, 3)),
            ]
        ),
        table(
            module: "http_upstream_hash_module",
            [
                Row("hash", [.upstream], .oneOrTwo, .evaluated, .parameter)
            ]
        ),
        table(
            module: "http_upstream_ip_hash_module",
            [
                Row("ip_hash", [.upstream], .none)
            ]
        ),
        table(
            module: "http_upstream_keepalive_module",
            [
                Row("keepalive", [.upstream], .oneOrTwo),
                Row("keepalive_time", [.upstream], .one, since: NginxVersion(1, 19, 10)),
                Row("keepalive_timeout", [.upstream], .one),
                Row("keepalive_requests", [.upstream], .one),
            ]
        ),
        table(
            module: "http_upstream_least_conn_module",
            [
                Row("least_conn", [.upstream], .none)
            ]
        ),
        table(
            module: "http_upstream_least_time_module",
            [
                Row("least_time", [.upstream], .oneOrTwo, since: NginxVersion(1, 31, 0))
            ]
        ),
        table(
            module: "http_upstream_random_module",
            [
                Row("random", [.upstream], .twoAtMost)
            ]
        ),
        table(
            module: "http_upstream_sticky_module",
            [
                Row("sticky", [.upstream], .twoOrMore, .parameter, .literal, .parameter, since: NginxVersion(1, 29, 6))
            ]
        ),
        table(
            module: "http_upstream_zone_module",
            [
                Row("zone", [.upstream], .oneOrTwo, .literal, .parameter)
            ]
        ),
    ].flatMap(\.self)
}
