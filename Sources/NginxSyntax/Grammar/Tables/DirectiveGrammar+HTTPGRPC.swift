extension DirectiveGrammar {
    /// The directives of [ngx_http_grpc_module](https://nginx.org/en/docs/http/ngx_http_grpc_module.html).
    static let httpGRPC: [DirectiveSyntax] = [
        table(
            module: "http_grpc_module",
            [
                Row("grpc_pass", [.location, .ifInLocation], .one, .evaluated),
                Row("grpc_bind", .httpToLocation, .oneOrTwo, .evaluated, .parameter),
                Row("grpc_socket_keepalive", .httpToLocation, .one),
                Row("grpc_socket_rcvbuf", .httpToLocation, .one, since: NginxVersion(1, 31, 3)),
                Row("grpc_socket_sndbuf", .httpToLocation, .one, since: NginxVersion(1, 31, 3)),
                Row("grpc_connect_timeout", .httpToLocation, .one),
                Row("grpc_send_timeout", .httpToLocation, .one),
                Row("grpc_intercept_errors", .httpToLocation, .one),
                Row("grpc_buffer_size", .httpToLocation, .one),
                Row("grpc_read_timeout", .httpToLocation, .one),
                Row("grpc_next_upstream", .httpToLocation, .oneOrMore),
                Row("grpc_next_upstream_tries", .httpToLocation, .one),
                Row("grpc_next_upstream_timeout", .httpToLocation, .one),
                Row("grpc_set_header", .httpToLocation, .two, .literal, .evaluated),
                Row("grpc_pass_header", .httpToLocation, .one, .literal),
                Row("grpc_hide_header", .httpToLocation, .one, .literal),
                Row("grpc_ignore_headers", .httpToLocation, .oneOrMore),
                Row("grpc_ssl_session_reuse", .httpToLocation, .one),
                Row("grpc_ssl_protocols", .httpToLocation, .oneOrMore),
                Row("grpc_ssl_ciphers", .httpToLocation, .one, .literal),
                Row("grpc_ssl_name", .httpToLocation, .one, .evaluated),
                Row("grpc_ssl_server_name", .httpToLocation, .one),
                Row("grpc_ssl_verify", .httpToLocation, .one),
                Row("grpc_ssl_verify_depth", .httpToLocation, .one),
                Row("grpc_ssl_trusted_certificate", .httpToLocation, .one),
                Row("grpc_ssl_crl", .httpToLocation, .one),
                Row("grpc_ssl_certificate", .httpToLocation, .one, .evaluated),
                Row("grpc_ssl_certificate_key", .httpToLocation, .one, .evaluated),
                Row("grpc_ssl_certificate_cache", .httpToLocation, .oneToThree, since: NginxVersion(1, 27, 4)),
                Row("grpc_ssl_password_file", .httpToLocation, .one),
                Row("grpc_ssl_conf_command", .httpToLocation, .two, .literal, since: NginxVersion(1, 19, 4)),
            ]
        )
    ].flatMap(\.self)
}
