extension DirectiveGrammar {
    /// TLS towards the clients of `stream`.
    static let streamTLS: [DirectiveSyntax] = [
        table(
            module: "stream_ssl_module",
            [
                Row("ssl_handshake_timeout", .streamAndServer, .one),
                Row("ssl_certificate", .streamAndServer, .one, .evaluated),
                Row("ssl_certificate_key", .streamAndServer, .one, .evaluated),
                Row("ssl_certificate_cache", .streamAndServer, .oneToThree, since: NginxVersion(1, 27, 4)),
                Row("ssl_ech_file", .streamAndServer, .one, since: NginxVersion(1, 29, 4)),
                Row("ssl_password_file", .streamAndServer, .one),
                Row("ssl_certificate_compression", .streamAndServer, .one, since: NginxVersion(1, 29, 1)),
                Row("ssl_dhparam", .streamAndServer, .one),
                Row("ssl_ecdh_curve", .streamAndServer, .one, .literal),
                Row("ssl_protocols", .streamAndServer, .oneOrMore),
                Row("ssl_ciphers", .streamAndServer, .one, .literal),
                Row("ssl_verify_client", .streamAndServer, .one),
                Row("ssl_verify_depth", .streamAndServer, .one),
                Row("ssl_client_certificate", .streamAndServer, .one),
                Row("ssl_trusted_certificate", .streamAndServer, .one),
                Row("ssl_prefer_server_ciphers", .streamAndServer, .one),
                Row("ssl_session_cache", .streamAndServer, .oneOrTwo),
                Row("ssl_session_tickets", .streamAndServer, .one),
                Row("ssl_session_ticket_key", .streamAndServer, .one),
                Row("ssl_session_timeout", .streamAndServer, .one),
                Row("ssl_crl", .streamAndServer, .one),
                Row("ssl_ocsp", .streamAndServer, .one, since: NginxVersion(1, 27, 2)),
                Row("ssl_ocsp_responder", .streamAndServer, .one, .literal, since: NginxVersion(1, 27, 2)),
                Row("ssl_ocsp_cache", .streamAndServer, .one, since: NginxVersion(1, 27, 2)),
                Row("ssl_stapling", .streamAndServer, .one, since: NginxVersion(1, 27, 2)),
                Row("ssl_stapling_file", .streamAndServer, .one, since: NginxVersion(1, 27, 2)),
                Row("ssl_stapling_responder", .streamAndServer, .one, .literal, since: NginxVersion(1, 27, 2)),
                Row("ssl_stapling_verify", .streamAndServer, .one, since: NginxVersion(1, 27, 2)),
                Row("ssl_conf_command", .streamAndServer, .two, .literal, since: NginxVersion(1, 19, 4)),
                Row("ssl_reject_handshake", .streamAndServer, .one, since: NginxVersion(1, 25, 5)),
                Row("ssl_alpn", .streamAndServer, .oneOrMore, .literal, since: NginxVersion(1, 21, 4)),
            ]
        ),
        table(
            module: "stream_ssl_preread_module",
            [
                Row("ssl_preread", .streamAndServer, .one)
            ]
        ),
    ].flatMap(\.self)
}
