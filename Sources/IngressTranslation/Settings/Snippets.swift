import Incremental

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

    private static let questions =
        "It is read and never copied: headers of requests, timeouts and proxy_pass_request_headers are taken. What is refused is "
        + "left out, or closes where it may guard access."

    private static let streams =
        "It is read and never copied: servers, upstreams, timeouts and networks of clients are taken. A port opens with all "
        + "that its server says, or not at all."

    static let settings: [Setting] = [
        .value(
            "auth-snippet",
            .snippet(.question, examples: ["proxy_set_header X-Shop $host;", "proxy_read_timeout 5s;"]),
            \.snippets.question,
            scope: .location,
            from: .annotation,
            ifInvalid: .closes("the paths of the Ingress answer 503") { $0.unhonoured.append("auth-snippet") },
            "Sets what its directives of nginx say for the question to the service of auth-url: headers and timeouts."
        ).readingSnippet(.question, \.snippets.question).gated(because: .snippetsOff, guards: .snippet, isAllowed)
            .risk(.critical).differs(questions),
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
        ).readingSnippet(.location, \.snippets.configuration).gated(because: .snippetsOff, guards: .snippet, isAllowed)
            .risk(.critical).differs(taken),
        .value(
            "global-auth-snippet",
            .snippet(.question, examples: ["proxy_set_header X-Shop $host;", "proxy_pass_request_headers on;"]),
            \.snippets.questionsOfAll,
            scope: .location,
            from: .configMaps,
            ifInvalid: .closes("requests answer 503") { $0.unhonoured.append("global-auth-snippet") },
            "Sets what its directives of nginx say for the question to the service of global-auth-url: headers and timeouts."
        ).readingSnippet(.question, \.snippets.questionsOfAll).differs(questions),
        .value(
            "http-snippet",
            .snippet(
                .http,
                examples: [
                    "proxy_set_header X-Edge yes; proxy_hide_header X-Powered-By;", "send_timeout 30s; etag off;",
                    "map $http_x_old $old { default \"\"; ~^1 yes; }",
                ]
            ),
            \.snippets.http,
            scope: .http,
            from: .configMaps,
            ifInvalid: .closes("requests answer 503") { $0.unhonoured.append("http-snippet") },
            "Sets what its directives of nginx say for all requests and responses: headers, directives of one value, and maps "
                + "whose variables other snippets may name."
        ).readingSnippet(.http, \.snippets.http).gated(because: .ofAllHosts, guards: .snippet, isGlobal).differs(
            "It is read and never copied: headers, maps and directives of a fixed list are taken, no zones and servers. What is "
                + "refused is left out, or closes where it may guard access."
        ),
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
        ).readingSnippet(.location, \.snippets.locationsOfAll).differs(taken),
        .value(
            "main-snippet",
            .snippet(.main, examples: ["worker_rlimit_nofile 8192;", "worker_processes 2;"]),
            \.snippets.main,
            scope: .http,
            from: .configMaps,
            ifInvalid: .closes("requests answer 503") { $0.unhonoured.append("main-snippet") },
            "Sets what its directives of nginx say for its processes; keys of the same settings count before it."
        ).gated(because: .ofAllHosts, guards: .snippet, isGlobal).differs(
            "It is read and never copied: worker_cpu_affinity, worker_processes, worker_rlimit_nofile and "
                + "worker_shutdown_timeout are taken."
        ),
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
        ).readingSnippet(.server, \.snippets.server).gated(
            because: .snippetsOff,
            guards: .snippet,
            concernsHost: true,
            isAllowed
        ).risk(.critical).differs(
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
        ).readingSnippet(.server, \.snippets.serversOfAll).gated(because: .ofAllHosts, guards: .snippet, isGlobal)
            .differs(
                taken + " It does not count for hosts that no Ingress names."
            ),
        .value(
            "stream-snippet",
            .snippet(
                .stream,
                examples: [
                    "server { listen 5432; proxy_pass db.shop.svc.cluster.local:5432; }",
                    "upstream db { server db-0:5432; server db-1:5432 backup; } server { listen 5432; proxy_pass db; }",
                    "server { listen 5353 udp; proxy_pass dns:53; proxy_timeout 5s; proxy_responses 1; }",
                ]
            ),
            \.snippets.stream,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("no port is opened by it"),
            "Opens the ports of TCP and UDP that its servers listen at, and passes what comes there to Services."
        ).gated(because: .snippetsOff, guards: nil, isAllowed).risk(.critical).differs(streams),
        .value(
            "stream-snippet",
            .snippet(
                .stream,
                examples: [
                    "server { listen 5432; proxy_pass db.shop.svc.cluster.local:5432; allow 10.0.0.0/8; deny all; }",
                    "proxy_connect_timeout 5s; tcp_nodelay on;",
                ]
            ),
            \.snippets.streamsOfAll,
            scope: .http,
            from: .global,
            ifInvalid: .closes("no port of TCP and UDP is served") { $0.streams.isClosed = true },
            "Opens the ports of TCP and UDP that its servers listen at. Directives outside of servers hold for all ports."
        ).differs(streams + " Directives outside of servers hold for the ports of ConfigMaps and Ingresses as well."),
    ]
}

extension Setting {
    /// The same setting, whose snippet may name the variables that the snippet of http declares, and those of places.
    fileprivate func readingSnippet(
        _ place: SnippetReader.Place,
        _ path: any WritableKeyPath<SettingValues, ByReference<Snippet>?> & Sendable
    ) -> Setting {
        reading { text, values throws(ValueError) in
            let declared = values.snippets.http?.value.declared ?? values.geo.declared
            values[keyPath: path] = ByReference(try SnippetReader.read(text, at: place, knowing: declared))
        }
    }
}
