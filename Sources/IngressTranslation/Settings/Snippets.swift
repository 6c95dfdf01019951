/// Text of users for nginx's configuration.
enum Snippets {
    /// Whether the global ConfigMap has snippets of Ingresses read.
    private static let isAllowed: @Sendable (SettingSource, SettingValues) -> Bool = { $1.snippets.areAllowed }

    /// Whether the object is the global ConfigMap, which alone is about all hosts.
    private static let isGlobal: @Sendable (SettingSource, SettingValues) -> Bool = { source, _ in
        if case .global = source { true } else { false }
    }

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
        .value(
            "location-snippet",
            .snippet(
                .location,
                examples: [
                    "more_set_headers \"X-Frame-Options: DENY\";", "proxy_hide_header X-Powered-By;", "deny 192.0.2.1;",
                ]
            ),
            \.snippets.locationsOfAll,
            scope: .location,
            from: .configMaps,
            ifInvalid: .closes("requests answer 503") { $0.unhonoured.append("location-snippet") },
            "Sets what its directives of nginx say for the paths of all Ingresses, before their own 'configuration-snippet'."
        ).differs(taken),
        .unsupported("main-snippet", because: .snippets, from: .configMaps, guards: .snippet, "Puts text into main."),
        .value(
            "server-snippet",
            .snippet(
                .server,
                examples: [
                    "location = /health { access_log off; return 200 healthy; }",
                    "more_set_headers \"X-Content-Type-Options: nosniff\"; if ($http_x_old) { return 301 /new; }",
                    "location ~ \\.php$ { deny all; }",
                ]
            ),
            \.snippets.server,
            scope: .server,
            from: .annotation,
            ifInvalid: .closes("the hosts of the Ingress answer 503") {
                $0.unhonoured.append("server-snippet")
                $0.hostGuard = $0.hostGuard ?? "server-snippet"
            },
            "Sets what its directives of nginx say for the host: headers, conditions, redirects, and locations that answer by "
                + "themselves."
        ).gated(because: .snippetsOff, guards: .snippet, concernsHost: true, isAllowed).risk(.critical).differs(
            taken + " It has no effect where an older Ingress of another namespace has the host too."
        ),
        .value(
            "server-snippet",
            .snippet(
                .server,
                examples: [
                    "location = /robots.txt { return 200 \"User-agent: *\"; }",
                    "add_header X-Served-By $hostname always;",
                    "if ($http_user_agent ~* badbot) { return 403; }",
                ]
            ),
            \.snippets.serversOfAll,
            scope: .http,
            from: .configMaps,
            ifInvalid: .closes("requests answer 503") { $0.unhonoured.append("server-snippet") },
            "Sets what its directives of nginx say for each host, before the 'server-snippet' of its Ingresses."
        ).gated(because: .ofAllHosts, guards: .snippet, isGlobal).differs(
            taken + " It does not count for hosts that no Ingress names."
        ),
        .unsupported("stream-snippet", because: .snippets, from: .everywhere, "Puts text into stream.").risk(.critical),
    ]
}
