/// The annotations that Postern reads and those that it knows of.
package enum AnnotationTable {
    package static let prefix = "nginx.ingress.kubernetes.io/"

    /// Every annotation that Postern reads, by name.
    package static let definitions = (own + Proxying.settings + Buffers.settings).sorted { $0.name < $1.name }

    private static let own: [OptionDefinition] = [
        OptionDefinition(
            "app-root",
            .appRoot,
            default: nil,
            scope: .server,
            needs: .rule,
            effect: "Sends requests for / of the host to this path, with status 302.",
            ifInvalid: { _ in "requests for / are not redirected" }
        ) { $0.appRoot = $1 },
        OptionDefinition(
            "canary",
            .bool,
            default: "false",
            scope: .ingress,
            effect: "Marks the Ingress as an alternative of another one; it takes no traffic.",
            ifInvalid: { _ in "the Ingress is served like any other" }
        ) { $0.isCanary = $1 },
        OptionDefinition(
            "force-ssl-redirect",
            .bool,
            default: "false",
            scope: .location,
            effect: "Sends plain HTTP to HTTPS, even where the host has no certificate.",
            ifInvalid: { "the default, \($0.forcesHTTPS), is used" }
        ) { $0.forcesHTTPS = $1 },
        OptionDefinition(
            "rewrite-target",
            .rewriteTarget,
            default: nil,
            scope: .location,
            needs: .path,
            effect:
                "Replaces the path of each request, or sends it to a URL with status 302; $1 to $9 are the groups of "
                + "the Ingress's path.",
            ifInvalid: { _ in "paths are not rewritten" }
        ) { $0.rewriteTarget = $1 },
        OptionDefinition(
            "ssl-redirect",
            .bool,
            default: "true",
            scope: .location,
            effect: "Sends plain HTTP to HTTPS where the host has TLS.",
            ifInvalid: { "the default, \($0.redirectsToHTTPS), is used" }
        ) { $0.redirectsToHTTPS = $1 },
        OptionDefinition(
            "use-regex",
            .bool,
            default: "false",
            scope: .location,
            needs: .path,
            effect: "Makes ImplementationSpecific paths regular expressions, and Prefix paths that hold one.",
            ifInvalid: { "the default, \($0.usesRegularExpressions), is used" }
        ) { $0.usesRegularExpressions = $1 },
    ]

    static let definitionsByName = Dictionary(uniqueKeysWithValues: definitions.map { ($0.name, $0) })

    /// The other annotations of ingress-nginx that Postern does not read.
    static let unread: Set<String> = [
        "affinity", "affinity-canary-behavior", "affinity-mode", "auth-always-set-cookie", "auth-cache-duration",
        "auth-cache-key", "auth-keepalive", "auth-keepalive-requests", "auth-keepalive-share-vars",
        "auth-keepalive-timeout", "auth-method", "auth-proxy-set-headers", "auth-realm", "auth-request-redirect",
        "auth-response-headers", "auth-secret", "auth-secret-type", "auth-signin", "auth-signin-redirect-param",
        "auth-tls-error-page", "auth-tls-match-cn", "auth-tls-pass-certificate-to-upstream",
        "auth-tls-verify-client", "auth-tls-verify-depth", "backend-protocol",
        "canary-by-cookie", "canary-by-header", "canary-by-header-pattern", "canary-by-header-value",
        "canary-weight", "canary-weight-total",
        "connection-proxy-header", "cors-allow-credentials", "cors-allow-headers", "cors-allow-methods",
        "cors-allow-origin", "cors-expose-headers", "cors-max-age", "custom-headers", "custom-http-errors",
        "default-backend", "disable-proxy-intercept-errors", "enable-access-log", "enable-cors",
        "enable-global-auth", "enable-opentelemetry", "enable-rewrite-log", "fastcgi-index",
        "fastcgi-params-configmap", "from-to-www-redirect", "http2-push-preload", "limit-allowlist",
        "limit-burst-multiplier", "limit-connections", "limit-rate", "limit-rate-after", "limit-rpm", "limit-rps",
        "limit-whitelist", "load-balance", "mirror-host", "mirror-request-body", "mirror-target",
        "modsecurity-transaction-id", "opentelemetry-operation-name", "opentelemetry-trust-incoming-span",
        "permanent-redirect", "permanent-redirect-code", "preserve-trailing-slash",
        "proxy-cookie-domain", "proxy-cookie-path",
        "proxy-redirect-from", "proxy-redirect-to",
        "proxy-ssl-ciphers", "proxy-ssl-name",
        "proxy-ssl-protocols", "proxy-ssl-secret", "proxy-ssl-server-name", "proxy-ssl-verify",
        "proxy-ssl-verify-depth", "relative-redirects", "satisfy", "server-alias", "service-upstream",
        "session-cookie-change-on-failure", "session-cookie-conditional-samesite-none", "session-cookie-domain",
        "session-cookie-expires", "session-cookie-max-age", "session-cookie-name", "session-cookie-path",
        "session-cookie-samesite", "session-cookie-secure", "ssl-ciphers", "ssl-passthrough",
        "ssl-prefer-server-ciphers", "stream-snippet", "temporal-redirect", "temporal-redirect-code",
        "upstream-hash-by", "upstream-hash-by-subset", "upstream-hash-by-subset-size", "upstream-vhost",
        "use-port-in-redirects", "x-forwarded-prefix",
    ]

    /// Values of these that ask for nothing.
    static let idleValues = [
        "limit-connections": "0", "limit-rate": "0", "limit-rate-after": "0", "limit-rpm": "0", "limit-rps": "0",
    ]

    /// Whether ingress-nginx has an annotation of this name.
    static func isKnown(_ name: String) -> Bool {
        definitionsByName[name] != nil || GuardTable.annotations[name] != nil || unread.contains(name)
    }

    /// Every name that ingress-nginx has, in the order in which one is suggested.
    static let knownNames =
        definitionsByName.keys.sorted() + (Set(GuardTable.annotations.keys).union(unread)).sorted()
}
