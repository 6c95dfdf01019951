import Diagnostics
import NginxSyntax

/// Why directives are not taken from snippets for `stream`, and what to write in their place.
enum StreamSnippetAdvice {
    static func refusal(of directive: Directive) -> SnippetRefusal {
        let name = directive.name
        if let (reason, advice) = known[name] { return SnippetRefusal(reason, advice: advice) }
        if let group = groups.first(where: { name.hasPrefix($0.prefix) }) {
            return SnippetRefusal(group.reason, advice: group.advice)
        }
        let isOfStreams = DirectiveGrammar.directives(named: name).contains { syntax in
            !syntax.contexts.isDisjoint(with: [.stream, .streamServer, .streamUpstream])
        }
        if DirectiveGrammar.directive(named: name) != nil, !isOfStreams {
            return SnippetRefusal("nginx has it for HTTP, and not for TCP and UDP")
        }
        return isOfStreams
            ? SnippetRefusal("it is none of those that Postern reads there") : SnippetAdvice.refusal(of: directive)
    }

    /// Whether ports without it lead to the same servers, for the same clients.
    static func isHarmless(_ name: String) -> Bool {
        harmless.contains(name) || ["variables_hash_", "map_hash_"].contains { name.hasPrefix($0) }
    }

    private static let harmless: Set<String> = [
        "access_log", "error_log", "geo", "limit_conn_log_level", "limit_conn_zone", "log_format", "map",
        "open_log_file_cache", "resolver", "resolver_timeout", "split_clients", "upstream",
    ]

    private static let ofVariables = "no port of Postern looks at variables of its own"
    private static let ofFiles = "it writes files of the machine"

    private static let known: [String: (reason: String, advice: String?)] = [
        "access_log": (ofFiles, "set the key 'stream-access-log-path' of the ConfigMap, or write 'access_log off'"),
        "error_log": (ofFiles, "set the key 'error-log-path' of the ConfigMap"),
        "geo": (ofVariables, "write 'allow' and 'deny'"),
        "include": ("it reads files of the machine", nil),
        "limit_conn": ("it needs a zone of its own", "write 'max_conns' in a server of an upstream"),
        "limit_conn_zone": ("it is for 'limit_conn', which is not taken", nil),
        "log_format": ("there is one format for all ports", "set the key 'log-format-stream' of the ConfigMap"),
        "map": (ofVariables, "write a server of its own for each Service"),
        "pass": ("it leads to what no Service answers at", "write 'proxy_pass' with a Service and its port"),
        "proxy_bind": ("it chooses among the machine's addresses", nil),
        "resolver": ("Postern knows the name servers of the cluster", "set --resolver"),
        "resolver_timeout": ("Postern knows the name servers of the cluster", nil),
        "return": ("no Service answers there", "write 'proxy_pass' with a Service and its port"),
        "set": (ofVariables, nil),
        "set_real_ip_from": ("it is about all ports", "set the key 'proxy-real-ip-cidr' of the ConfigMap"),
        "split_clients": (ofVariables, "write an upstream with 'weight'"),
        "ssl_preread": ("no port of a snippet looks into TLS", "set 'ssl-passthrough' on an Ingress of the host"),
    ]

    private static let groups: [(prefix: String, reason: String, advice: String?)] = [
        ("proxy_ssl", "TLS is not spoken with a Service there", "have clients speak TLS with the Service itself"),
        ("ssl_", "it reads keys from files of the machine", "have the Service speak TLS, or serve it by an Ingress"),
        ("js_", "it runs code", nil),
    ]
}
