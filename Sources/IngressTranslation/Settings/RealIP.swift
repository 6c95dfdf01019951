/// Whom proxies in front of nginx are believed about clients.
enum RealIP {
    static let settings: [Setting] = [
        .unsupported(
            "compute-full-forwarded-for",
            from: .global,
            idle: "false",
            "Adds to X-Forwarded-For in place of replacing it."
        ),
        .unsupported("enable-real-ip", from: .global, idle: "false", "Takes the client's address from a header."),
        .unsupported("forwarded-for-header", from: .global, "Names that header."),
        .unsupported(
            "forwarded-for-proxy-protocol-header",
            from: .global,
            "Names the header with the address of the PROXY protocol."
        ),
        .unsupported("forwarded-host-header", from: .global, "Names the header with the host that clients asked for."),
        .unsupported(
            "proxy-protocol-header-timeout",
            from: .global,
            "Limits how long the header of the PROXY protocol may take."
        ),
        .unsupported("proxy-real-ip-cidr", from: .global, "Names the proxies that are believed."),
        .unsupported("use-forwarded-headers", from: .global, idle: "false", "Believes X-Forwarded headers of clients."),
        .unsupported("use-proxy-protocol", from: .global, idle: "false", "Expects the PROXY protocol of clients."),
    ]
}
