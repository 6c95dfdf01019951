/// What is logged, and where.
enum Logging {
    static let settings: [Setting] = [
        .unsupported("access-log-params", from: .global, "Sets how the access log is buffered."),
        .unsupported("access-log-path", from: .global, "Names the file of the access log."),
        .unsupported("disable-access-log", from: .global, idle: "false", "Turns the access log off."),
        .unsupported("disable-http-access-log", from: .global, idle: "false", "Turns the access log of HTTP off."),
        .unsupported(
            "disable-stream-access-log",
            from: .global,
            idle: "false",
            "Turns the access log of TCP and UDP off."
        ),
        .unsupported(
            "enable-access-log",
            from: .annotation,
            idle: "true",
            "Keeps the requests of the Ingress in the access log."
        ),
        .unsupported(
            "enable-access-log-for-default-backend",
            from: .global,
            idle: "false",
            "Logs requests that no Ingress serves."
        ),
        .unsupported(
            "enable-auth-access-log",
            from: .global,
            idle: "false",
            "Logs requests to authentication services."
        ),
        .unsupported("enable-rewrite-log", from: .annotation, idle: "false", "Logs how paths are rewritten."),
        .unsupported("enable-syslog", from: .global, idle: "false", "Sends logs to a syslog server."),
        .unsupported("error-log-level", from: .global, "Sets from which level on errors are logged."),
        .unsupported("error-log-path", from: .global, "Names the file of the error log."),
        .unsupported("http-access-log-path", from: .global, "Names the file of the access log of HTTP."),
        .unsupported("log-format-escape-json", from: .global, idle: "false", "Escapes what is logged for JSON."),
        .unsupported("log-format-escape-none", from: .global, idle: "false", "Escapes nothing of what is logged."),
        .unsupported("log-format-stream", from: .global, "Sets what is logged of TCP and UDP."),
        .unsupported("log-format-upstream", from: .global, "Sets what is logged of HTTP."),
        .unsupported("skip-access-log-urls", from: .global, "Names URIs that are not logged."),
        .unsupported("stream-access-log-path", from: .global, "Names the file of the access log of TCP and UDP."),
        .unsupported("syslog-host", from: .global, "Names the syslog server."),
        .unsupported("syslog-port", from: .global, "Sets the port of the syslog server."),
    ]
}
