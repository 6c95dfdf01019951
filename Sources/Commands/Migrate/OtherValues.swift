/// Settings that differ from ingress-nginx only in values, objects or paths of which a finding says so by itself, or where
/// they are not set at all.
///
/// A value that has no finding does what it does in ingress-nginx.
enum OtherValues {
    /// Whether a value of a setting that differs does what it does in ingress-nginx all the same.
    static func contain(_ value: String, of setting: String) -> Bool {
        if value.isEmpty { return false }
        return settings.contains(setting) || same[setting]?.contains(value.lowercased()) ?? false
    }

    /// Values without a difference, in lower case, of settings in whose other values there is one.
    static let same: [String: Set<String>] = [
        "allow-snippet-annotations": ["false"], "backend-protocol": ["auto_http", "http", "https"],
        "enable-cors": ["false"], "enable-modsecurity": ["false"], "enable-ocsp": ["false"],
        "enable-opentelemetry": ["false"], "enable-owasp-core-rules": ["false"],
        "enable-owasp-modsecurity-crs": ["false"], "enable-rewrite-log": ["false"],
        "from-to-www-redirect": ["false"], "load-balance": ["round_robin"], "proxy-ssl-server-name": ["off"],
        "server-tokens": ["true"], "use-forwarded-headers": ["false"], "use-geoip2": ["false"],
    ]

    static let settings: Set<String> = [
        // Values that are not taken.
        "access-log-params", "access-log-path", "affinity", "auth-always-set-cookie", "auth-cache-duration",
        "auth-proxy-set-headers", "auth-realm", "auth-request-redirect", "auth-secret", "auth-tls-error-page",
        "auth-tls-secret", "auth-type", "bind-address", "error-log-path", "fastcgi-params-configmap",
        "global-auth-request-redirect", "http-access-log-path", "limit-allowlist", "limit-conn-zone-variable",
        "limit-connections", "limit-rpm", "limit-rps", "mirror-target", "no-auth-locations", "permanent-redirect",
        "permanent-redirect-code", "proxy-ssl-verify", "server-alias", "ssl-dh-param", "syslog-host",
        "temporal-redirect", "temporal-redirect-code", "upstream-vhost",
        // Values that are changed, or taken in part.
        "add-headers", "canary-weight", "custom-headers", "proxy-busy-buffers-size", "proxy-max-temp-file-size",
        "proxy-set-headers",
        // An empty value, which is no finding and counts as different.
        "allowlist-source-range",
        // What nginx lacks, or another Ingress has.
        "brotli-level", "brotli-min-length", "brotli-types", "canary", "enable-brotli",
        // Other paths of the host, which are told one by one.
        "rewrite-target", "use-regex",
        // The default, which another value stands in place of.
        "disable-ipv6-dns", "enable-aio-write", "error-log-level", "upstream-keepalive-requests",
    ]
}
