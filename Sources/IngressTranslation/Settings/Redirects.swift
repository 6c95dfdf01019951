/// Which paths are sent to other URLs.
enum Redirects {
    static let settings: [Setting] = [
        .unsupported("permanent-redirect", from: .annotation, "Sends requests to this URL, with status 301."),
        .unsupported("permanent-redirect-code", from: .annotation, "Sets the status of permanent-redirect."),
        .unsupported(
            "preserve-trailing-slash",
            from: .everywhere,
            idle: "false",
            "Keeps a final slash where a request is sent to HTTPS."
        ),
        .unsupported(
            "relative-redirects",
            from: .everywhere,
            idle: "false",
            "Sends redirects of nginx's own without scheme and host."
        ),
        .unsupported("temporal-redirect", from: .annotation, "Sends requests to this URL, with status 302."),
        .unsupported("temporal-redirect-code", from: .annotation, "Sets the status of temporal-redirect."),
        .unsupported("use-port-in-redirects", from: .everywhere, idle: "false", "Names the port in redirects."),
    ]
}
