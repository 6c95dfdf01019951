/// Which endpoint the later requests of a client go to.
enum Affinity {
    static let settings: [Setting] = [
        .unsupported(
            "affinity",
            because: .cookies,
            from: .annotation,
            scope: .upstream,
            "Sends the later requests of a client to the endpoint that its cookie names."
        ),
        .unsupported(
            "affinity-canary-behavior",
            because: .cookies,
            from: .annotation,
            scope: .upstream,
            "Decides whether the cookie also keeps a client at the canary."
        ),
        .unsupported(
            "affinity-mode",
            because: .cookies,
            from: .annotation,
            scope: .upstream,
            "Keeps clients at their endpoint where endpoints come and go, or spreads them anew."
        ),
        .unsupported(
            "session-cookie-change-on-failure",
            because: .cookies,
            from: .annotation,
            "Gives a client another endpoint's cookie where its own fails."
        ),
        .unsupported(
            "session-cookie-conditional-samesite-none",
            because: .cookies,
            from: .annotation,
            "Leaves SameSite=None out for browsers that misread it."
        ),
        .unsupported("session-cookie-domain", because: .cookies, from: .annotation, "Sets the cookie's Domain."),
        .unsupported(
            "session-cookie-expires",
            because: .cookies,
            from: .annotation,
            "Sets after how many seconds the cookie expires, by its Expires."
        ),
        .unsupported(
            "session-cookie-max-age",
            because: .cookies,
            from: .annotation,
            "Sets after how many seconds the cookie expires, by its Max-Age."
        ),
        .unsupported("session-cookie-name", because: .cookies, from: .annotation, "Names the cookie."),
        .unsupported("session-cookie-path", because: .cookies, from: .annotation, "Sets the cookie's Path."),
        .unsupported("session-cookie-samesite", because: .cookies, from: .annotation, "Sets the cookie's SameSite."),
        .unsupported("session-cookie-secure", because: .cookies, from: .annotation, "Sets the cookie's Secure."),
    ]
}

extension UnsupportedSetting.Reason {
    fileprivate static let cookies = notRead(
        wouldNeed: "maps that read the cookie and a consistent hash, or nginx 1.29.6"
    )
}
