import Diagnostics
import NginxSyntax

/// Why directives are not taken from snippets, and what to write in their place.
enum SnippetAdvice {
    /// What is said of a directive wherever it stands; `nil` for one of which there is nothing to say.
    static func advice(on name: String) -> SnippetRefusal? {
        if let (reason, advice) = known[name] { return SnippetRefusal(reason, advice: advice) }
        if let group = groups.first(where: { group in group.names.contains { name.hasPrefix($0) } }) {
            return SnippetRefusal(group.reason, advice: group.advice)
        }
        if name.contains("_by_lua") || name.hasPrefix("lua_") || name.hasPrefix("js_") || name.hasPrefix("perl") {
            return SnippetRefusal("it runs code")
        }
        return nil
    }

    static func refusal(of directive: Directive) -> SnippetRefusal {
        let name = directive.name
        if let refusal = advice(on: name) { return refusal }
        guard DirectiveGrammar.directive(named: name) != nil else {
            return SnippetRefusal("stock nginx has no such directive")
        }
        return SnippetRefusal("it is none of those that Postern reads in snippets")
    }

    private static let readsFiles = "it reads files of the machine"
    private static let leadsAway = "it leads requests to what no path of an Ingress names"
    private static let ofServers = "it is about all of a server, or of nginx"

    private static let known: [String: (reason: String, advice: String?)] = [
        "access_log": ("it is read where it says 'off'", nil),
        "alias": (readsFiles, nil),
        "auth_basic": ("it needs a file of passwords", "set 'auth-type: basic' and 'auth-secret'"),
        "auth_basic_user_file": (readsFiles, "set 'auth-type: basic' and 'auth-secret'"),
        "auth_request": (leadsAway, "set 'auth-url'"),
        "autoindex": (readsFiles, nil),
        "client_header_buffer_size": (ofServers, "set the key 'client-header-buffer-size' of the ConfigMap"),
        "client_header_timeout": (ofServers, "set the key 'client-header-timeout' of the ConfigMap"),
        "error_page": (leadsAway, "set 'custom-http-errors' and 'default-backend'"),
        "fastcgi_pass": (leadsAway, "set 'backend-protocol: FCGI'"),
        "grpc_pass": (leadsAway, "set 'backend-protocol: GRPC'"),
        "ignore_invalid_headers": (ofServers, "set the key 'ignore-invalid-headers' of the ConfigMap"),
        "include": (readsFiles, nil),
        "index": (readsFiles, nil),
        "internal": ("only steps of a server lead to such a location", nil),
        "large_client_header_buffers": (ofServers, "set the key 'large-client-header-buffers' of the ConfigMap"),
        "limit_conn": ("it needs a zone of http", "set 'limit-connections'"),
        "limit_rate": ("its sizes are those of an annotation", "set 'limit-rate', in kilobytes per second"),
        "limit_rate_after": ("its sizes are those of an annotation", "set 'limit-rate-after', in kilobytes"),
        "limit_req": ("it needs a zone of http", "set 'limit-rps' or 'limit-rpm'"),
        "listen": (ofServers, nil),
        "location": (
            "it is read in 'server-snippet' and 'configuration-snippet', and not within another location",
            "add a path to the Ingress"
        ),
        "mirror": (leadsAway, "set 'mirror-target'"),
        "proxy_cookie_domain": ("an annotation sets it", "set 'proxy-cookie-domain'"),
        "proxy_cookie_path": ("an annotation sets it", "set 'proxy-cookie-path'"),
        "proxy_pass": (
            leadsAway, "add a path with a Service to the Ingress; one of type ExternalName names another host"
        ),
        "proxy_redirect": ("an annotation sets it", "set 'proxy-redirect-from' and 'proxy-redirect-to'"),
        "real_ip_header": (ofServers, "set the key 'forwarded-for-header' of the ConfigMap"),
        "real_ip_recursive": (ofServers, "set the key 'enable-real-ip' of the ConfigMap"),
        "root": (readsFiles, nil),
        "server_name": (ofServers, "add a rule for the host, or set 'server-alias'"),
        "set_real_ip_from": (ofServers, "set the key 'proxy-real-ip-cidr' of the ConfigMap"),
        "try_files": (readsFiles, nil),
        "underscores_in_headers": (ofServers, "set the key 'enable-underscores-in-headers' of the ConfigMap"),
        "uwsgi_pass": (leadsAway, nil),
    ]

    private static let groups: [(names: [String], reason: String, advice: String?)] = [
        (["proxy_cache", "fastcgi_cache", "proxy_no_cache"], "it needs a cache of http, and Postern makes none", nil),
        (["proxy_ssl_", "grpc_ssl_"], "annotations set it", "set 'proxy-ssl-secret' and its like"),
        (["sub_filter"], "it reads whole responses again, which Postern does not have nginx do", nil),
        (["ssl_verify", "ssl_client", "ssl_crl"], readsFiles, "set 'auth-tls-secret' and its like"),
        (["ssl_"], ofServers, "set the key of the same name, with '-', of the ConfigMap"),
        (
            ["limit_req_", "limit_conn_"], "it is about a zone of http",
            "set 'limit-rps', 'limit-rpm' or 'limit-connections'"
        ),
        (["modsecurity", "Sec"], "it needs the module ModSecurity, which stock nginx lacks", nil),
        (["brotli"], "it needs the module Brotli, which stock nginx lacks", nil),
        (["opentelemetry", "opentracing", "otel_"], "it needs a module that stock nginx lacks", nil),
        (["load_module"], "it loads code", nil),
    ]
}
