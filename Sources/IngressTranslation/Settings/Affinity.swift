/// Which endpoint the later requests of a client go to.
enum Affinity {
    static let settings: [Setting] = [
        .unsupported(
            "affinity",
            from: .annotation,
            scope: .upstream,
            "Sends the later requests of a client to the endpoint that its cookie names."
        ),
        .unsupported(
            "affinity-canary-behavior",
            from: .annotation,
            scope: .upstream,
            "Decides whether the cookie also keeps a client at the canary."
        ),
        .unsupported(
            "affinity-mode",
            from: .annotation,
            scope: .upstream,
            "Keeps clients at their endpoint where endpoints come and go, or spreads them anew."
        ),
        .unsupported(
            "session-cookie-change-on-failure",
            from: .annotation,
            "Gives a client another endpoint's cookie where its own fails."
        ),
        .unsupported(
            "session-cookie-conditional-samesite-none",
            from: .annotation,
            "Leaves SameSite=None out for browsers that misread it."
        ),
        .unsupported("session-cookie-domain", from: .annotation, "Sets the cookie's Domain."),
        .unsupported(
            "session-cookie-expires",
            from: .annotation,
            "Sets after how many seconds the cookie expires, by its Expires."
        ),
        .unsupported(
            "session-cookie-max-age",
            from: .annotation,
            "Sets after how many seconds the cookie expires, by its Max-Age."
        ),
        .unsupported("session-cookie-name", from: .annotation, "Names the cookie."),
        .unsupported("session-cookie-path", from: .annotation, "Sets the cookie's Path."),
        .unsupported("session-cookie-samesite", from: .annotation, "Sets the cookie's SameSite."),
        .unsupported("session-cookie-secure", from: .annotation, "Sets the cookie's Secure."),
    ]
}
