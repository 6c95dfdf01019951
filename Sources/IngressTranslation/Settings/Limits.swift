/// How many requests and connections clients may have.
enum Limits {
    static let settings: [Setting] = [
        .unsupported("limit-allowlist", from: .annotation(or: "limit-whitelist"), "Names networks without limits."),
        .unsupported(
            "limit-burst-multiplier",
            from: .annotation,
            "Sets how many times its rate a client may exceed for a moment."
        ),
        .unsupported(
            "limit-conn-status-code",
            from: .configMaps,
            "Sets the status for connections beyond their limit."
        ),
        .unsupported("limit-conn-zone-variable", from: .configMaps, "Sets what limits tell clients apart by."),
        .unsupported("limit-connections", from: .annotation, idle: "0", "Limits the connections of one client."),
        .unsupported("limit-rate", from: .everywhere, idle: "0", "Limits how many KB a second a response has."),
        .unsupported(
            "limit-rate-after",
            from: .everywhere,
            idle: "0",
            "Limits the rate of a response after so many KB."
        ),
        .unsupported("limit-req-status-code", from: .configMaps, "Sets the status for requests beyond their limit."),
        .unsupported("limit-rpm", from: .annotation, idle: "0", "Limits the requests of one client a minute."),
        .unsupported("limit-rps", from: .annotation, idle: "0", "Limits the requests of one client a second."),
    ]
}
