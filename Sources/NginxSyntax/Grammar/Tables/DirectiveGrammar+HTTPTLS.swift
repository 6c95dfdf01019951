extension DirectiveGrammar {
    /// TLS, HTTP/2 and HTTP/3 towards clients.
    static let httpTLS: [DirectiveSyntax] = [
        table(
            module: "http_ssl_module",
            [
                Row("ssl_certificate", .httpAndServer, .one, .evaluated),
                Row("ssl_certificate_key", .httpAndServer, .one, .evaluated),
                Row("ssl_certificate_cache", .httpAndServer, .oneToThree, since: NginxVersion(1, 27, 4)),
                Row("ssl_ech_file", .httpAndServer, .one, since: NginxVersion(1, 29, 4)),
                Row("ssl_password_file", .httpAndServer, .one),
                Row("ssl_certificate_compression", .httpAndServer, .one, since: NginxVersion(1, 29, 1)),
                Row("ssl_dhparam", .httpAndServer, .one),
                Row("ssl_ecdh_curve", .httpAndServer, .one, .literal),
                Row("ssl_protocols", .httpAndServer, .oneOrMore),
                Row("ssl_ciphers", .httpAndServer, .one, .literal),
                Row("ssl_buffer_size", .httpAndServer, .one),
                Row("ssl_verify_client", .httpAndServer, .one),
                Row("ssl_verify_depth", .httpAndServer, .one),
                Row("ssl_client_certificate", .httpAndServer, .one),
                Row("ssl_trusted_certificate", .httpAndServer, .one),
                Row("ssl_prefer_server_ciphers", .httpAndServer, .one),
                Row("ssl_session_cache", .httpAndServer, .oneOrTwo),
                Row("ssl_session_tickets", .httpAndServer, .one),
                Row("ssl_session_ticket_key", .httpAndServer, .one),
                Row("ssl_session_timeout", .httpAndServer, .one),
                Row("ssl_crl", .httpAndServer, .one),
                Row("ssl_ocsp", .httpAndServer, .one, since: NginxVersion(1, 19, 0)),
                Row("ssl_ocsp_responder", .httpAndServer, .one, .literal, since: NginxVersion(1, 19, 0)),
                Row("ssl_ocsp_cache", .httpAndServer, .one, since: NginxVersion(1, 19, 0)),
                Row("ssl_stapling", .httpAndServer, .one),
                Row("ssl_stapling_file", .httpAndServer, .one),
                Row("ssl_stapling_responder", .httpAndServer, .one, .literal),
                Row("ssl_stapling_verify", .httpAndServer, .one),
                Row("ssl_early_data", .httpAndServer, .one),
                Row("ssl_conf_command", .httpAndServer, .two, .literal, since: NginxVersion(1, 19, 4)),
                Row("ssl_reject_handshake", .httpAndServer, .one, since: NginxVersion(1, 19, 4)),
            ]
        ),
        table(
            module: "http_v2_module",
            [
                Row("http2", .httpAndServer, .one, since: NginxVersion(1, 25, 1)),
                Row("http2_recv_buffer_size", [.http], .one),
                Row("http2_pool_size", .httpAndServer, .one),
                Row("http2_max_concurrent_streams", .httpAndServer, .one),
                Row("http2_body_preread_size", .httpAndServer, .one),
                Row("http2_streams_index_size", .httpAndServer, .one),
                Row("http2_chunk_size", .httpToLocation, .one),
            ]
        ),
        table(
            module: "http_v3_module",
            [
                Row("http3", .httpAndServer, .one, since: NginxVersion(1, 25, 0)),
                Row("http3_max_concurrent_streams", .httpAndServer, .one, since: NginxVersion(1, 25, 0)),
                Row("http3_stream_buffer_size", .httpAndServer, .one, since: NginxVersion(1, 25, 0)),
                Row("quic_retry", .httpAndServer, .one, since: NginxVersion(1, 25, 0)),
                Row("quic_gso", .httpAndServer, .one, since: NginxVersion(1, 25, 0)),
                Row("quic_host_key", .httpAndServer, .one, since: NginxVersion(1, 25, 0)),
                Row("quic_active_connection_id_limit", .httpAndServer, .one, since: NginxVersion(1, 25, 0)),
            ]
        ),
    ].flatMap(\.self)
}
