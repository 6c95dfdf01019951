extension DirectiveGrammar {
    /// The directives of `proxy_pass` and `upstream` in `stream`.
    static let streamProxy: [DirectiveSyntax] = [
        table(
            module: "stream",
            [
                Row("proxy_pass", [.streamServer], .one, .evaluated),
                Row("proxy_bind", .streamAndServer, .oneOrTwo, .evaluated, .parameter),
                Row("proxy_socket_keepalive", .streamAndServer, .one),
                Row("proxy_socket_rcvbuf", .streamAndServer, .one, since: NginxVersion(1, 31, 3)),
                Row("proxy_socket_sndbuf", .streamAndServer, .one, since: NginxVersion(1, 31, 3)),
                Row("proxy_connect_timeout", .streamAndServer, .one),
                Row("proxy_timeout", .streamAndServer, .one),
                Row("proxy_buffer_size", .streamAndServer, .one),
                Row("proxy_downstream_buffer", .streamAndServer, .one),
                Row("proxy_upstream_buffer", .streamAndServer, .one),
                Row("proxy_upload_rate", .streamAndServer, .one, .evaluated),
                Row("proxy_download_rate", .streamAndServer, .one, .evaluated),
                Row("proxy_requests", .streamAndServer, .one),
                Row("proxy_responses", .streamAndServer, .one),
                Row("proxy_next_upstream", .streamAndServer, .one),
                Row("proxy_next_upstream_tries", .streamAndServer, .one),
                Row("proxy_next_upstream_timeout", .streamAndServer, .one),
                Row("proxy_protocol", .streamAndServer, .one),
                Row("proxy_half_close", .streamAndServer, .one, since: NginxVersion(1, 21, 4)),
                Row("proxy_ssl", .streamAndServer, .one),
                Row("proxy_ssl_session_reuse", .streamAndServer, .one),
                Row("proxy_ssl_protocols", .streamAndServer, .oneOrMore),
                Row("proxy_ssl_ciphers", .streamAndServer, .one, .literal),
                Row("proxy_ssl_name", .streamAndServer, .one, .evaluated),
                Row("proxy_ssl_server_name", .streamAndServer, .one),
                Row("proxy_ssl_alpn", .streamAndServer, .oneOrMore, .literal, since: NginxVersion(1, 31, 0)),
                Row("proxy_ssl_verify", .streamAndServer, .one),
                Row("proxy_ssl_verify_depth", .streamAndServer, .one),
                Row("proxy_ssl_trusted_certificate", .streamAndServer, .one),
                Row("proxy_ssl_crl", .streamAndServer, .one),
                Row("proxy_ssl_certificate", .streamAndServer, .one, .evaluated),
                Row("proxy_ssl_certificate_key", .streamAndServer, .one, .evaluated),
                Row("proxy_ssl_certificate_cache", .streamAndServer, .oneToThree, since: NginxVersion(1, 27, 4)),
                Row("proxy_ssl_password_file", .streamAndServer, .one),
                Row("proxy_ssl_conf_command", .streamAndServer, .two, .literal, since: NginxVersion(1, 19, 4)),
                Row("upstream", [.stream], .one, .literal, opens: .streamUpstream),
                Row("server", [.streamUpstream], .oneOrMore),
                Row("resolver", [.streamUpstream], .oneOrMore, since: NginxVersion(1, 27, 3)),
                Row("resolver_timeout", [.streamUpstream], .one, since: NginxVersion(1, 27, 3)),
            ]
        ),
        table(
            module: "stream_upstream_hash_module",
            [
                Row("hash", [.streamUpstream], .oneOrTwo, .evaluated, .parameter)
            ]
        ),
        table(
            module: "stream_upstream_least_conn_module",
            [
                Row("least_conn", [.streamUpstream], .none)
            ]
        ),
        table(
            module: "stream_upstream_least_time_module",
            [
                Row("least_time", [.streamUpstream], .oneOrTwo, since: NginxVersion(1, 31, 0))
            ]
        ),
        table(
            module: "stream_upstream_random_module",
            [
                Row("random", [.streamUpstream], .twoAtMost)
            ]
        ),
        table(
            module: "stream_upstream_zone_module",
            [
                Row("zone", [.streamUpstream], .oneOrTwo, .literal, .parameter)
            ]
        ),
    ].flatMap(\.self)
}
