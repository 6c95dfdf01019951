/// Which headers requests and responses have.
enum Headers {
    static let settings: [Setting] = [
        .unsupported("add-headers", from: .configMaps, "Names a ConfigMap with headers for all responses."),
        .unsupported("allow-backend-server-header", from: .configMaps, "Passes the header Server of backends on."),
        .unsupported(
            "connection-proxy-header",
            from: .annotation,
            "Sets the header Connection of requests to backends."
        ),
        .unsupported("custom-headers", from: .annotation, "Names a ConfigMap with headers for responses."),
        .unsupported("default-type", from: .global, "Sets the type of responses without one."),
        .unsupported(
            "generate-request-id",
            from: .configMaps,
            idle: "true",
            "Gives requests without X-Request-ID one."
        ),
        .unsupported(
            "global-allowed-response-headers",
            from: .configMaps,
            "Names the headers that custom-headers may set."
        ),
        .unsupported("hide-headers", from: .configMaps, "Names headers of backends that are not passed on."),
        .unsupported(
            "http2-push-preload",
            because: "nginx has removed it in 1.25.1, as browsers have",
            from: .annotation,
            "Pushes what the header Link names."
        ),
        .unsupported(
            "proxy-add-original-uri-header",
            from: .configMaps,
            "Passes the URI of the request on as X-Original-URI."
        ),
        .unsupported(
            "proxy-set-headers",
            from: .configMaps,
            "Names a ConfigMap with headers for all requests to backends."
        ),
        .unsupported("server-tokens", from: .global, idle: "false", "Tells nginx's version in responses."),
        .unsupported("upstream-vhost", from: .annotation, "Sets the header Host of requests to backends."),
        .unsupported(
            "x-forwarded-prefix",
            from: .annotation,
            "Sets the header X-Forwarded-Prefix where a path is rewritten."
        ),
    ]
}
