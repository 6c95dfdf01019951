/// The guards of ingress-nginx that Postern does not read, a row each.
enum GuardTable {
    /// Annotations, by name.
    static let annotations = byName([
        GuardDefinition("allowlist-source-range", .allowList),
        GuardDefinition("auth-snippet", .snippet),
        GuardDefinition(
            "auth-tls-secret",
            .anything,
            concernsHost: true,
            unless: { $0("auth-tls-verify-client") == "off" && $0("auth-tls-match-cn") == nil }
        ),
        GuardDefinition("auth-type", .anything),
        GuardDefinition("auth-url", .anything),
        GuardDefinition("configuration-snippet", .snippet),
        GuardDefinition("denylist-source-range", .anything),
        GuardDefinition("enable-modsecurity", .bool),
        GuardDefinition("enable-owasp-core-rules", .bool),
        GuardDefinition("modsecurity-snippet", .anything),
        GuardDefinition("server-snippet", .snippet, concernsHost: true),
        GuardDefinition(
            "whitelist-source-range",
            .allowList,
            unless: { !($0("allowlist-source-range") ?? "").isEmpty }
        ),
    ])

    /// Keys of a class's parameters.
    ///
    /// The annotation that replaces a key has its own row above.
    static let parameters = byName([
        GuardDefinition("block-cidrs", .anything),
        GuardDefinition("block-referers", .anything),
        GuardDefinition("block-user-agents", .anything),
        GuardDefinition(
            "denylist-source-range",
            .anything,
            unless: { $0("denylist-source-range") != nil }
        ),
        GuardDefinition("enable-modsecurity", .bool, unless: { $0("enable-modsecurity") != nil }),
        GuardDefinition("enable-owasp-modsecurity-crs", .bool, unless: { $0("enable-owasp-core-rules") != nil }),
        GuardDefinition("global-auth-snippet", .snippet),
        GuardDefinition(
            "global-auth-url",
            .anything,
            unless: { $0("auth-url") != nil || $0("enable-global-auth") == "false" }
        ),
        GuardDefinition("http-snippet", .snippet),
        GuardDefinition("location-snippet", .snippet),
        GuardDefinition("main-snippet", .snippet),
        GuardDefinition("modsecurity-snippet", .anything),
        GuardDefinition("server-snippet", .snippet),
        GuardDefinition(
            "whitelist-source-range",
            .allowList,
            unless: { $0("allowlist-source-range") != nil || $0("whitelist-source-range") != nil }
        ),
    ])

    private static func byName(_ rows: [GuardDefinition]) -> [String: GuardDefinition] {
        Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0) })
    }
}
