/// How TLS is spoken with clients.
enum TLS {
    static let settings: [Setting] = [
        .unsupported("enable-ocsp", from: .global, idle: "false", "Staples proofs that certificates are not revoked."),
        .unsupported("ssl-buffer-size", from: .global, idle: "4k", "Sets the size of the buffer for data in TLS."),
        .unsupported("ssl-ciphers", from: .everywhere, scope: .server, "Names the ciphers that are allowed."),
        .unsupported("ssl-dh-param", from: .global, "Names a Secret with Diffie-Hellman parameters."),
        .unsupported("ssl-early-data", from: .global, idle: "false", "Takes requests in the first flight of TLS 1.3."),
        .unsupported("ssl-ecdh-curve", from: .global, idle: "auto", "Names the curves of key exchange."),
        .unsupported(
            "ssl-prefer-server-ciphers",
            from: .annotation,
            scope: .server,
            "Chooses ciphers by nginx's order in place of the client's."
        ),
        .unsupported("ssl-protocols", from: .global, "Names the versions of TLS that are allowed."),
        .unsupported(
            "ssl-reject-handshake",
            from: .global,
            idle: "false",
            "Refuses handshakes of hosts that no Ingress names."
        ),
        .unsupported("ssl-session-cache", from: .global, idle: "true", "Remembers TLS sessions."),
        .unsupported("ssl-session-cache-size", from: .global, idle: "10m", "Sets the size of that memory."),
        .unsupported("ssl-session-ticket-key", from: .global, "Sets the key of session tickets."),
        .unsupported("ssl-session-tickets", from: .global, idle: "false", "Gives clients tickets to resume sessions."),
        .unsupported("ssl-session-timeout", from: .global, idle: "10m", "Limits how long a session may be resumed."),
    ]
}
