/// Text of users for nginx's configuration.
enum Snippets {
    /// Whether the global ConfigMap has snippets of Ingresses read.
    private static let isAllowed: @Sendable (SettingSource, SettingValues) -> Bool = { $1.snippets.areAllowed }

    private static let taken =
        "It is read and never copied: directives of a fixed list are taken. What is refused is left out, or closes where it "
        + "may guard access. Redirects to HTTPS, and those of other annotations, come first."

    static let settings: [Setting] = [
        .unsupported(
            "auth-snippet",
            because: .snippets,
            from: .annotation,
            guards: .snippet,
            "Puts text into the location that asks an authentication service."
        ).risk(.critical),
        .value(
            "configuration-snippet",
            .snippet(
                .location,
                examples: [
                    "more_set_headers \"X-Frame-Options: DENY\";",
                    "if ($http_user_agent ~* badbot) { return 403; }",
                    "set $old 1; proxy_set_header X-Old $old; rewrite ^/old/(.*)$ /new/$1 break;",
                    "allow 10.0.0.0/8; allow 127.0.0.1; deny all;",
                ]
            ),
            \.snippets.configuration,
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .closes("the paths of the Ingress answer 503") { $0.unhonoured.append("configuration-snippet") },
            "Sets what its directives of nginx say for each path: headers, conditions, redirects, networks of clients."
        ).gated(because: .snippetsOff, guards: .snippet, isAllowed).risk(.critical).differs(taken),
        .unsupported(
            "global-auth-snippet",
            because: .snippets,
            from: .configMaps,
            guards: .snippet,
            "Puts text into the location that asks the global authentication service."
        ),
        .unsupported("http-snippet", because: .snippets, from: .configMaps, guards: .snippet, "Puts text into http."),
        .unsupported(
            "location-snippet",
            because: .snippets,
            from: .configMaps,
            guards: .snippet,
            "Puts text into each location."
        ),
        .unsupported("main-snippet", because: .snippets, from: .configMaps, guards: .snippet, "Puts text into main."),
        .unsupported(
            "server-snippet",
            because: .snippets,
            from: .annotation,
            guards: .snippet,
            concernsHost: true,
            "Puts text into the server of the host."
        ).risk(.critical),
        .unsupported(
            "server-snippet",
            because: .snippets,
            from: .configMaps,
            guards: .snippet,
            "Puts text into each server."
        ),
        .unsupported("stream-snippet", because: .snippets, from: .everywhere, "Puts text into stream.").risk(.critical),
    ]
}
