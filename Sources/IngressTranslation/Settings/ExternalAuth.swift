/// Which service is asked whether a request may pass.
enum ExternalAuth {
    static let settings: [Setting] = [
        .unsupported(
            "auth-always-set-cookie",
            from: .annotation,
            "Passes cookies of the authentication service on with each response."
        ),
        .unsupported(
            "auth-cache-duration",
            from: .annotation,
            "Sets how long answers of the authentication service are kept, by their status."
        ),
        .unsupported(
            "auth-cache-key",
            from: .annotation,
            "Keeps answers of the authentication service under this key."
        ),
        .unsupported(
            "auth-keepalive",
            from: .annotation,
            "Sets how many idle connections to the authentication service are kept."
        ),
        .unsupported(
            "auth-keepalive-requests",
            from: .annotation,
            "Limits how many requests one such connection serves."
        ),
        .unsupported(
            "auth-keepalive-share-vars",
            from: .annotation,
            "Shares nginx's variables with the request to the authentication service."
        ),
        .unsupported("auth-keepalive-timeout", from: .annotation, "Limits how long such a connection may be idle."),
        .unsupported("auth-method", from: .annotation, "Sets the method of requests to the authentication service."),
        .unsupported(
            "auth-proxy-set-headers",
            from: .annotation,
            "Names a ConfigMap with headers for the authentication service."
        ),
        .unsupported(
            "auth-request-redirect",
            from: .annotation,
            "Sets the header X-Auth-Request-Redirect for the authentication service."
        ),
        .unsupported(
            "auth-response-headers",
            from: .annotation,
            "Names headers of the authentication service's answer that are passed to the backend."
        ),
        .unsupported("auth-signin", from: .annotation, "Sends clients that are not authenticated to this URL."),
        .unsupported(
            "auth-signin-redirect-param",
            from: .annotation,
            "Names the parameter of that URL which leads back."
        ),
        .unsupported(
            "auth-url",
            from: .annotation,
            guards: .anything,
            "Serves requests alone that this service admits."
        ),
        .unsupported(
            "enable-global-auth",
            from: .annotation,
            "Turns the global authentication service off for the Ingress."
        ),
        .unsupported(
            "global-auth-always-set-cookie",
            from: .configMaps,
            "Passes cookies of the global authentication service on with each response."
        ),
        .unsupported(
            "global-auth-cache-duration",
            from: .configMaps,
            "Sets how long answers of the global authentication service are kept."
        ),
        .unsupported(
            "global-auth-cache-key",
            from: .configMaps,
            "Keeps answers of the global authentication service under this key."
        ),
        .unsupported(
            "global-auth-method",
            from: .configMaps,
            "Sets the method of requests to the global authentication service."
        ),
        .unsupported(
            "global-auth-request-redirect",
            from: .configMaps,
            "Sets the header X-Auth-Request-Redirect for the global authentication service."
        ),
        .unsupported(
            "global-auth-response-headers",
            from: .configMaps,
            "Names headers of the global service's answer that are passed to the backend."
        ),
        .unsupported("global-auth-signin", from: .configMaps, "Sends clients that are not authenticated to this URL."),
        .unsupported(
            "global-auth-signin-redirect-param",
            from: .configMaps,
            "Names the parameter of that URL which leads back."
        ),
        .unsupported(
            "global-auth-url",
            from: .configMaps,
            guards: .anything,
            unless: { $0("auth-url") != nil || $0("enable-global-auth") == "false" },
            "Serves requests alone that this service admits, where the Ingress names no other."
        ),
        .unsupported(
            "no-auth-locations",
            from: .configMaps,
            "Names path prefixes that are served without authentication."
        ),
    ]
}
