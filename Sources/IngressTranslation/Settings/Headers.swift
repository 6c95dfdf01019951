import NginxSyntax

/// Which headers requests and responses have.
enum Headers {
    static let settings: [Setting] = [
        .unsupported("add-headers", from: .configMaps, "Names a ConfigMap with headers for all responses."),
        .unsupported("allow-backend-server-header", from: .configMaps, "Passes the header Server of backends on."),
        .value(
            "connection-proxy-header",
            .connectionHeader,
            \.toldHeaders.connection,
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("backends get the usual header"),
            "Sets the header Connection of requests to backends; no WebSocket comes through with it."
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
        .value(
            "upstream-vhost",
            .toldHost,
            \.toldHeaders.host,
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("backends are told the host of the request"),
            "Sets the header Host of requests to backends. It may name '$service_name', '$service_port', '$namespace' and "
                + "'$ingress_name', and '$host' of the request."
        ),
        .value(
            "x-forwarded-prefix",
            .forwardedPrefix,
            \.toldHeaders.prefix,
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("backends are told no prefix"),
            "Sets the header X-Forwarded-Prefix of requests to backends whose path a rewrite-target changes; $1 to $9 are "
                + "the groups of the Ingress's path."
        ),
    ]
}
