/// How redirects and cookies of backends are changed.
enum ProxyRedirects {
    static let settings: [Setting] = [
        .unsupported("proxy-cookie-domain", from: .everywhere, idle: "off", "Changes the Domain of backends' cookies."),
        .unsupported("proxy-cookie-path", from: .everywhere, idle: "off", "Changes the Path of backends' cookies."),
        .unsupported(
            "proxy-redirect-from",
            from: .everywhere,
            idle: "off",
            "Changes redirects of backends that begin so."
        ),
        .unsupported("proxy-redirect-to", from: .everywhere, idle: "off", "Sets what such redirects begin with."),
        .unsupported(
            "retry-non-idempotent",
            from: .configMaps,
            idle: "false",
            "Passes requests that may not be repeated to another endpoint as well."
        ),
    ]
}
