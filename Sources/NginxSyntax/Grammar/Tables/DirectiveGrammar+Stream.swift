extension DirectiveGrammar {
    /// The directives of `stream`.
    static let stream: [DirectiveSyntax] = [
        table(
            module: "stream",
            [
                Row("stream", [.main], .none, opens: .stream),
                Row("variables_hash_max_size", [.stream], .one),
                Row("variables_hash_bucket_size", [.stream], .one),
                Row("server_names_hash_max_size", [.stream], .one, since: NginxVersion(1, 25, 5)),
                Row("server_names_hash_bucket_size", [.stream], .one, since: NginxVersion(1, 25, 5)),
                Row("server", [.stream], .none, opens: .streamServer),
                Row("listen", [.streamServer], .oneOrMore),
                Row("server_name", [.streamServer], .oneOrMore, .serverName, since: NginxVersion(1, 25, 5)),
                Row("error_log", .streamAndServer, .oneOrMore),
                Row("resolver", .streamAndServer, .oneOrMore),
                Row("resolver_timeout", .streamAndServer, .one),
                Row("proxy_protocol_timeout", .streamAndServer, .one),
                Row("tcp_nodelay", .streamAndServer, .one),
                Row("preread_buffer_size", .streamAndServer, .one),
                Row("preread_timeout", .streamAndServer, .one),
                Row("log_format", [.stream], .twoOrMore, .literal, .evaluated),
                Row("access_log", .streamAndServer, .oneOrMore, .evaluated, .parameter),
                Row("open_log_file_cache", .streamAndServer, .oneToFour),
            ]
        ),
        table(
            module: "stream_access_module",
            [
                Row("allow", .streamAndServer, .one),
                Row("deny", .streamAndServer, .one),
            ]
        ),
        table(
            module: "stream_geo_module",
            [
                Row("geo", [.stream], .oneOrTwo, opens: .geo)
            ]
        ),
        table(
            module: "stream_limit_conn_module",
            [
                Row("limit_conn_zone", [.stream], .two, .evaluated, .parameter),
                Row("limit_conn", .streamAndServer, .two),
                Row("limit_conn_log_level", .streamAndServer, .one),
                Row("limit_conn_dry_run", .streamAndServer, .one),
            ]
        ),
        table(
            module: "stream_map_module",
            [
                Row("map", [.stream], .two, .evaluated, .parameter, opens: .map),
                Row("map_hash_max_size", [.stream], .one),
                Row("map_hash_bucket_size", [.stream], .one),
            ]
        ),
        table(
            module: "stream_pass_module",
            [
                Row("pass", [.streamServer], .one, .evaluated, since: NginxVersion(1, 25, 5))
            ]
        ),
        table(
            module: "stream_realip_module",
            [
                Row("set_real_ip_from", .streamAndServer, .one)
            ]
        ),
        table(
            module: "stream_return_module",
            [
                Row("return", [.streamServer], .one, .evaluated)
            ]
        ),
        table(
            module: "stream_set_module",
            [
                Row("set", [.streamServer], .two, .parameter, .evaluated, since: NginxVersion(1, 19, 3))
            ]
        ),
        table(
            module: "stream_split_clients_module",
            [
                Row("split_clients", [.stream], .two, .evaluated, .parameter, opens: .splitClients)
            ]
        ),
    ].flatMap(\.self)
}
