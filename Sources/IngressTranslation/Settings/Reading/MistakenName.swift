import Diagnostics

/// Names of annotations that ingress-nginx does not have, and what their authors may have meant.
enum MistakenName {
    /// Why an unknown name has no effect, and what to do about it.
    static func explanation(of name: String) -> (reason: String, hint: String?) {
        let plain = name.lowercased().replacing("_", with: "-")
        if SettingTable.annotations[plain] == nil, let key = SettingTable.keys[plain] {
            return (
                "it is a key of ingress-nginx's ConfigMap, and no annotation",
                "set it in the global ConfigMap"
                    + (key.places.isClassKey ? ", or in the one that the Ingress's class names" : "")
            )
        }
        if let hint = removed[plain] { return ("ingress-nginx has removed it", hint) }
        if let hint = neverThere[plain] { return ("ingress-nginx never had it", hint) }
        if let key = keysOfDirectives[plain] {
            return (
                "it is a directive of nginx, and no annotation",
                "set the key '\(key)' of the global ConfigMap, which is about all Ingresses"
            )
        }
        return ("there is no such annotation", suggestion(for: name))
    }

    /// The name that was probably meant: a key of the ConfigMap only where no annotation is as near.
    private static func suggestion(for name: String) -> String? {
        let (annotations, keys) = (SettingTable.annotationNames, SettingTable.keyNames)
        guard let nearest = Spelling.suggestion(for: name, among: Set(annotations).union(keys)) else { return nil }
        if SettingTable.annotations[nearest] != nil { return "did you mean '\(nearest)'?" }
        let ofAnnotations = Spelling.suggestion(for: name, among: annotations)
        return "did you mean the key '\(nearest)' of the ConfigMap" + (ofAnnotations.map { ", or '\($0)'?" } ?? "?")
    }

    /// Why an unknown key of a ConfigMap has no effect, and what to do about it.
    static func explanation(ofKey key: String) -> (reason: String, hint: String?) {
        if SettingTable.annotations[key] != nil {
            return ("it is an annotation of Ingresses, and no key of a ConfigMap", nil)
        }
        let directive = keysOfDirectives[key.lowercased().replacing("_", with: "-")]
        let suggestion = directive ?? Spelling.suggestion(for: key, among: SettingTable.keyNames)
        return ("there is no such key", suggestion.map { "did you mean '\($0)'?" })
    }

    /// The keys of directives of nginx that have another name there, by that of the directive with `-`.
    static let keysOfDirectives = [
        "gzip": "use-gzip",
        "gzip-comp-level": "gzip-level",
        "http2": "use-http2",
        "keepalive": "upstream-keepalive-connections",
        "keepalive-requests": "keep-alive-requests",
        "keepalive-timeout": "keep-alive",
        "log-format": "log-format-upstream",
        "multi-accept": "enable-multi-accept",
        "proxy-protocol": "use-proxy-protocol",
        "real-ip-header": "forwarded-for-header",
        "real-ip-recursive": "enable-real-ip",
        "server-names-hash-bucket-size": "server-name-hash-bucket-size",
        "server-names-hash-max-size": "server-name-hash-max-size",
        "set-real-ip-from": "proxy-real-ip-cidr",
        "underscores-in-headers": "enable-underscores-in-headers",
        "worker-connections": "max-worker-connections",
        "worker-rlimit-nofile": "max-worker-open-files",
    ]

    /// Whether manifests have the name.
    static func isOne(_ name: String) -> Bool { removed[name] != nil || neverThere[name] != nil }

    private static let nothing = "remove it; nothing takes its place"

    /// Names that earlier versions read.
    private static let removed = [
        "add-base-url": nothing,
        "auth-tls-cert-header": "use 'auth-tls-pass-certificate-to-upstream'",
        "base-url-scheme": nothing,
        "enable-dynamic-tls-records": nothing,
        "enable-influxdb": nothing,
        "enable-opentracing": "use 'enable-opentelemetry'",
        "enable-owasp-modsecurity-crs": "use 'enable-owasp-core-rules'",
        "global-rate-limit": "use 'limit-rps' or 'limit-rpm'",
        "global-rate-limit-header-based": "use 'limit-rps' or 'limit-rpm'",
        "global-rate-limit-ignored-cidrs": "use 'limit-allowlist'",
        "global-rate-limit-key": "use 'limit-rps' or 'limit-rpm'",
        "global-rate-limit-window": "use 'limit-rps' or 'limit-rpm'",
        "grpc-backend": "use 'backend-protocol' with the value GRPC",
        "influxdb-host": nothing,
        "influxdb-measurement": nothing,
        "influxdb-port": nothing,
        "influxdb-server-name": nothing,
        "lua-resty-waf": "use 'enable-modsecurity'",
        "lua-resty-waf-debug": nothing,
        "lua-resty-waf-extra-rules": nothing,
        "lua-resty-waf-ignore-rulesets": nothing,
        "opentracing-trust-incoming-span": "use 'opentelemetry-trust-incoming-span'",
        "secure-backends": "use 'backend-protocol' with the value HTTPS",
        "secure-verify-ca-secret": "use 'proxy-ssl-secret' and 'proxy-ssl-verify'",
        "session-cookie-hash": "remove it; 'session-cookie-name' and the like need no hash",
        "ssl-passthrough-proxy-port": nothing,
        "upstream-fail-timeout": "use 'proxy-next-upstream-timeout'",
        "upstream-max-fails": "use 'proxy-next-upstream-tries'",
    ]

    /// Names that manifests have, and no version read.
    private static let neverThere = [
        "body-size": "use 'proxy-body-size'",
        "client-max-body-size": "use 'proxy-body-size'",
        "configuration-snippets": "use 'configuration-snippet'",
        "connect-timeout": "use 'proxy-connect-timeout'",
        "cors-allowed-origins": "use 'cors-allow-origin'",
        "enable-rewrite": "use 'rewrite-target'",
        "enable-ssl-redirect": "use 'ssl-redirect'",
        "enable-sticky-sessions": "use 'affinity' with the value cookie",
        "enable-websocket": "remove it; WebSockets need no annotation",
        "enable-websockets": "remove it; WebSockets need no annotation",
        "force-https": "use 'force-ssl-redirect'",
        "force-https-redirect": "use 'force-ssl-redirect'",
        "https-redirect": "use 'ssl-redirect'",
        "ingress-class": "use spec.ingressClassName",
        "ingress.class": "use spec.ingressClassName",
        "ingressclassname": "use spec.ingressClassName",
        "max-body-size": "use 'proxy-body-size'",
        "proxy-timeout": "use 'proxy-read-timeout' and 'proxy-send-timeout'",
        "read-timeout": "use 'proxy-read-timeout'",
        "redirect-to-https": "use 'ssl-redirect'",
        "rewrite": "use 'rewrite-target'",
        "send-timeout": "use 'proxy-send-timeout'",
        "server-snippets": "use 'server-snippet'",
        "source-range": "use 'allowlist-source-range'",
        "ssl-verify": "use 'proxy-ssl-verify'",
        "sticky-sessions": "use 'affinity' with the value cookie",
        "timeout": "use 'proxy-read-timeout'",
        "websocket-services": "remove it; WebSockets need no annotation",
    ]
}
