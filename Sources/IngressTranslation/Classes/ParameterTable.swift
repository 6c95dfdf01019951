import NginxSyntax
import ProxyConfiguration

/// The keys that the ConfigMap of a class may hold: those of ingress-nginx's own ConfigMap.
///
/// Read are those that say what an Ingress has where its annotations say nothing. What concerns all of nginx is no
/// matter of one class.
enum ParameterTable {
    /// Every key that Postern reads.
    static let definitions = (annotationDefaults + own + Proxying.settings + Buffers.settings).sorted {
        $0.name < $1.name
    }

    static let definitionsByName = Dictionary(uniqueKeysWithValues: definitions.map { ($0.name, $0) })

    /// Keys that are the defaults of the annotations of their names.
    private static let annotationDefaults = ["force-ssl-redirect", "ssl-redirect"].compactMap {
        AnnotationTable.definitionsByName[$0]
    }

    private static let own: [OptionDefinition] = [
        OptionDefinition(
            "hsts",
            .bool,
            default: "true",
            scope: .server,
            effect: "Has HTTPS responses say Strict-Transport-Security.",
            ifInvalid: { "the default, \($0.sendsTransportSecurity), is used" }
        ) { $0.sendsTransportSecurity = $1 },
        OptionDefinition(
            "hsts-include-subdomains",
            .bool,
            default: "true",
            scope: .server,
            effect: "Has Strict-Transport-Security count for the host's subdomains as well.",
            ifInvalid: { "the default, \($0.transportSecurity.includesSubdomains), is used" }
        ) { $0.transportSecurity.includesSubdomains = $1 },
        OptionDefinition(
            "hsts-max-age",
            .seconds,
            default: "31536000",
            scope: .server,
            effect: "For how many seconds Strict-Transport-Security counts.",
            ifInvalid: { "the default, \($0.transportSecurity.maxAgeInSeconds), is used" }
        ) { $0.transportSecurity.maxAgeInSeconds = $1 },
        OptionDefinition(
            "hsts-preload",
            .bool,
            default: "false",
            scope: .server,
            effect: "Allows browsers to know the host beforehand.",
            ifInvalid: { "the default, \($0.transportSecurity.preloads), is used" }
        ) { $0.transportSecurity.preloads = $1 },
        OptionDefinition(
            "http-redirect-code",
            .redirectStatus,
            default: "308",
            scope: .location,
            effect: "The status of redirects to HTTPS.",
            ifInvalid: { "the default, \($0.httpsRedirectStatus), is used" }
        ) { $0.httpsRedirectStatus = $1 },
        OptionDefinition(
            "no-tls-redirect-locations",
            .list,
            default: "/.well-known/acme-challenge",
            scope: .location,
            effect: "Beginnings of paths that are not redirected to HTTPS.",
            ifInvalid: { "the default, \($0.plainPaths.joined(separator: ",")), is used" }
        ) { $0.plainPaths = $1 },
        OptionDefinition(
            "strict-validate-path-type",
            .bool,
            default: "false",
            scope: .location,
            effect: "Refuses Prefix paths that hold a regular expression, in place of reading them as one.",
            ifInvalid: { "the default, \($0.validatesPathTypes), is used" }
        ) { $0.validatesPathTypes = $1 },
    ]

    /// The other keys of ingress-nginx that Postern does not read.
    static let unread: Set<String> = [
        "access-log-params", "access-log-path", "add-headers", "allow-backend-server-header",
        "allow-cross-namespace-resources", "allow-snippet-annotations", "annotation-value-word-blocklist",
        "annotations-risk-level", "bind-address", "brotli-level", "brotli-min-length", "brotli-types",
        "client-body-timeout", "client-header-buffer-size", "client-header-timeout",
        "compute-full-forwarded-for", "custom-http-errors", "debug-connections", "default-type", "disable-access-log",
        "disable-http-access-log", "disable-ipv6", "disable-ipv6-dns", "disable-proxy-intercept-errors",
        "disable-stream-access-log", "enable-access-log-for-default-backend", "enable-aio-write",
        "enable-auth-access-log", "enable-brotli", "enable-multi-accept", "enable-ocsp", "enable-opentelemetry",
        "enable-real-ip", "enable-serial-reloads", "enable-syslog", "enable-underscores-in-headers",
        "error-log-level", "error-log-path", "forwarded-for-header", "forwarded-for-proxy-protocol-header",
        "forwarded-host-header", "generate-request-id", "geoip2-autoreload-in-minutes",
        "global-allowed-response-headers", "global-auth-always-set-cookie", "global-auth-cache-duration",
        "global-auth-cache-key", "global-auth-method", "global-auth-request-redirect", "global-auth-response-headers",
        "global-auth-signin", "global-auth-signin-redirect-param", "grpc-buffer-size-kb",
        "gzip-disable", "gzip-level", "gzip-min-length", "gzip-types", "hide-headers",
        "http-access-log-path",
        "http2-max-concurrent-streams", "http2-max-field-size", "http2-max-header-size", "http2-max-requests",
        "ignore-invalid-headers", "keep-alive", "keep-alive-requests", "large-client-header-buffers",
        "limit-conn-status-code", "limit-conn-zone-variable", "limit-rate", "limit-rate-after",
        "limit-req-status-code", "load-balance", "log-format-escape-json",
        "log-format-escape-none", "log-format-stream", "log-format-upstream", "lua-shared-dicts",
        "map-hash-bucket-size", "max-worker-connections", "max-worker-open-files", "nginx-status-ipv4-whitelist",
        "nginx-status-ipv6-whitelist", "no-auth-locations", "opentelemetry-config", "opentelemetry-operation-name",
        "opentelemetry-trust-incoming-span", "otel-max-export-batch-size", "otel-max-queuesize", "otel-sampler",
        "otel-sampler-parent-based", "otel-sampler-ratio", "otel-schedule-delay-millis", "otel-service-name",
        "otlp-collector-host", "otlp-collector-port", "preserve-trailing-slash", "proxy-add-original-uri-header",
        "proxy-cookie-domain", "proxy-cookie-path", "proxy-headers-hash-bucket-size",
        "proxy-headers-hash-max-size",
        "proxy-protocol-header-timeout",
        "proxy-real-ip-cidr", "proxy-redirect-from", "proxy-redirect-to",
        "proxy-set-headers", "proxy-ssl-location-only",
        "proxy-stream-next-upstream", "proxy-stream-next-upstream-timeout", "proxy-stream-next-upstream-tries",
        "proxy-stream-responses", "proxy-stream-timeout", "relative-redirects", "retry-non-idempotent", "reuse-port",
        "server-name-hash-bucket-size", "server-name-hash-max-size", "server-tokens",
        "service-upstream", "skip-access-log-urls", "ssl-buffer-size", "ssl-ciphers", "ssl-dh-param",
        "ssl-early-data", "ssl-ecdh-curve", "ssl-protocols", "ssl-reject-handshake", "ssl-session-cache",
        "ssl-session-cache-size", "ssl-session-ticket-key", "ssl-session-tickets", "ssl-session-timeout",
        "stream-access-log-path", "stream-snippet", "syslog-host", "syslog-port",
        "upstream-hash-by", "upstream-hash-by-subset", "upstream-hash-by-subset-size",
        "upstream-keepalive-connections", "upstream-keepalive-requests", "upstream-keepalive-time",
        "upstream-keepalive-timeout", "use-forwarded-headers", "use-geoip2", "use-gzip", "use-http2",
        "use-port-in-redirects", "use-proxy-protocol", "variables-hash-bucket-size", "variables-hash-max-size",
        "worker-cpu-affinity", "worker-processes", "worker-shutdown-timeout",
    ]

    /// Whether ingress-nginx has a key of this name.
    static func isKnown(_ key: String) -> Bool {
        definitionsByName[key] != nil || GuardTable.parameters[key] != nil || unread.contains(key)
    }

    /// Every key that ingress-nginx has, in the order in which one is suggested.
    static let knownNames =
        definitionsByName.keys.sorted() + Set(GuardTable.parameters.keys).union(unread).sorted()
}
