/// Which networks clients may come from.
enum SourceRanges {
    static let settings: [Setting] = [
        .unsupported(
            "allowlist-source-range",
            from: .annotation(or: "whitelist-source-range"),
            guards: .allowList,
            "Serves clients of these networks alone."
        ),
        .unsupported("block-cidrs", from: .configMaps, guards: .anything, "Refuses clients of these networks."),
        .unsupported("block-referers", from: .configMaps, guards: .anything, "Refuses requests with these referers."),
        .unsupported(
            "block-user-agents",
            from: .configMaps,
            guards: .anything,
            "Refuses requests of these user agents."
        ),
        .unsupported(
            "denylist-source-range",
            from: .annotation,
            guards: .anything,
            "Refuses clients of these networks."
        ),
        .unsupported(
            "denylist-source-range",
            from: .configMaps,
            guards: .anything,
            unless: { $0("denylist-source-range") != nil },
            "Refuses clients of these networks, where the annotation names no others."
        ),
        .unsupported(
            "whitelist-source-range",
            from: .configMaps,
            guards: .allowList,
            unless: { $0("allowlist-source-range") != nil || $0("whitelist-source-range") != nil },
            "Serves clients of these networks alone, where the annotation names no others."
        ),
    ]
}
