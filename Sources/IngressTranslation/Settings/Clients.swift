/// How connections and requests of clients are read.
enum Clients {
    static let settings: [Setting] = [
        .unsupported("bind-address", from: .global, "Listens on these addresses only."),
        .unsupported("client-body-timeout", from: .global, "Limits the time between two reads of a request's body."),
        .unsupported("client-header-buffer-size", from: .global, "Sets the size of the buffer for a request's head."),
        .unsupported(
            "client-header-timeout",
            from: .global,
            "Limits how long a client may take to send a request's head."
        ),
        .unsupported(
            "disable-ipv6",
            because: "the option --disable-ipv6 decides it",
            from: .global,
            "Listens on IPv4 only."
        ),
        .unsupported("disable-ipv6-dns", from: .global, "Asks name servers for addresses of IPv4 only."),
        .unsupported("enable-underscores-in-headers", from: .global, "Takes headers with underscores in their names."),
        .unsupported(
            "http2-max-concurrent-streams",
            from: .global,
            "Limits how many requests one HTTP/2 connection may have at a time."
        ),
        .unsupported(
            "http2-max-field-size",
            because: .removedFromNginx,
            from: .global,
            "Limits the size of a header of HTTP/2."
        ),
        .unsupported(
            "http2-max-header-size",
            because: .removedFromNginx,
            from: .global,
            "Limits the size of all headers of HTTP/2."
        ),
        .unsupported(
            "http2-max-requests",
            because: .removedFromNginx,
            from: .global,
            "Limits how many requests one HTTP/2 connection serves."
        ),
        .unsupported("ignore-invalid-headers", from: .global, "Ignores headers with names that are not valid."),
        .unsupported("keep-alive", from: .global, "Limits how long a client's connection may be idle."),
        .unsupported(
            "keep-alive-requests",
            from: .global,
            "Limits how many requests one connection of a client serves."
        ),
        .unsupported(
            "large-client-header-buffers",
            from: .global,
            "Sets how many buffers a large head of a request may take, and their size."
        ),
        .unsupported("reuse-port", from: .global, "Gives each worker a listening socket of its own."),
        .unsupported("use-http2", from: .global, idle: "true", "Speaks HTTP/2 with clients that can."),
    ]
}
