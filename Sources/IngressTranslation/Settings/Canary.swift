/// Whether an Ingress is an alternative of another one.
struct CanaryValues: Sendable, Hashable {
    var isOn = false
}

enum Canary {
    static let settings: [Setting] = [
        .value(
            "canary",
            .bool,
            \.canary.isOn,
            default: "false",
            scope: .ingress,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("the Ingress is served like any other"),
            "Marks the Ingress as an alternative of another one; it takes no traffic."
        ),
        .unsupported("canary-by-cookie", from: .annotation, "Sends requests to the canary by this cookie."),
        .unsupported("canary-by-header", from: .annotation, "Sends requests to the canary by this header."),
        .unsupported(
            "canary-by-header-pattern",
            from: .annotation,
            "Sends requests to the canary whose header matches this regular expression."
        ),
        .unsupported(
            "canary-by-header-value",
            from: .annotation,
            "Sends requests to the canary whose header has this value."
        ),
        .unsupported("canary-weight", from: .annotation, "Sends this share of requests to the canary."),
        .unsupported("canary-weight-total", from: .annotation, "Sets what the share is a part of."),
    ]
}
