import Diagnostics

extension Diagnostic {
    /// What the finding says of the difference from ingress-nginx.
    ///
    /// Most findings are about input from which ingress-nginx makes nothing else: a Service that is missing answers 503
    /// there as well.
    var migrationVerdict: MigrationVerdict {
        if Self.sameInIngressNginx.contains(code) { return .identical }
        switch severity {
        case .error: return .missing
        case .warning: return Self.neglectedSettings.contains(code) ? .missing : .different
        case .note: return .identical
        }
    }

    /// Settings that ingress-nginx would heed.
    private static let neglectedSettings: Set<String> = [
        "annotation-not-read", "class-parameter-not-read", "configmap-key-not-read", "snippet-refused",
    ]

    /// Findings that are as true of ingress-nginx, by what comes of them.
    static let sameInIngressNginx: Set<String> = [
        // Another Ingress had it first.
        "alias-taken", "canary-taken", "default-backend-taken", "path-taken", "secret-taken", "setting-taken",
        "www-redirect-taken",
        // The backend cannot serve.
        "backend-is-resource", "endpoint-address-invalid", "external-name-disabled", "external-name-invalid",
        "service-not-found", "service-port-not-found", "service-without-endpoints", "stream-service-invalid",
        // The default certificate serves, or the one that is there.
        "alias-not-covered", "certificate-expired", "certificate-not-yet-valid", "certificate-order",
        "certificate-repeated", "certificate-unrelated", "secret-for-other-host", "secret-invalid",
        "secret-not-found", "tls-host-not-covered", "tls-host-without-rule", "www-redirect-not-covered",
        // The annotation has no effect.
        "annotation-misnamed", "annotation-out-of-place", "annotation-unknown", "backend-tls-not-spoken",
        "canary-header-missing", "canary-is-primary", "canary-not-enabled", "canary-setting-unused",
        "canary-without-primary", "canary-without-rules", "configmap-key-unknown", "cors-off",
        "fastcgi-not-spoken", "forwarded-prefix-unused", "limit-rate-unused", "proxy-redirect-unused",
        "rewrite-group-missing", "snippet-needless", "stream-proxy-ignored", "www-redirect-unused",
        // The Ingress is refused, or its paths are; some by the API server.
        "annotation-risk-too-high", "annotation-word-blocked", "catch-all-disabled", "host-invalid", "path-reserved",
        "user-secret-unnamed",
        // Whose the Ingress is.
        "class-assumed", "class-missing", "class-not-found", "class-of-others", "ingress-without-rules",
        // The path is an expression there as well.
        "path-backtracks", "path-read-as-expression",
        // About the input, and not about traffic.
        "duplicate-object", "no-ingress", "objects-in-several-files",
    ]
}
