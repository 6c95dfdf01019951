/// Text of users for nginx's configuration.
enum Snippets {
    static let settings: [Setting] = [
        .unsupported(
            "auth-snippet",
            because: .snippets,
            from: .annotation,
            guards: .snippet,
            "Puts text into the location that asks an authentication service."
        ).risk(.critical),
        .unsupported(
            "configuration-snippet",
            because: .snippets,
            from: .annotation,
            guards: .snippet,
            "Puts text into each location."
        ).risk(.critical),
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
