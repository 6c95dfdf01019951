/// A directive that one value sets for a block and all blocks inside of it: `proxy_read_timeout 60s;`.
package struct SettingDirective<Value: DirectiveArgument>: Sendable, Hashable {
    package let name: String
    let contexts: Set<DirectiveContext>

    /// - Precondition: nginx has a directive of this name that one value of the type sets. A directive of which a
    ///   block may have several, such as `add_header`, is none: the first one would take away what the block inherits.
    package init(_ name: String) {
        self.init(name, DirectiveGrammar.directive(named: name))
    }

    /// The directive of this name as a block has it.
    ///
    /// - Precondition: The block has one that a value of the type sets.
    package init(_ name: String, in block: DirectiveContext) {
        self.init(name, DirectiveGrammar.directive(named: name, in: block))
    }

    private init(_ name: String, _ syntax: DirectiveSyntax?) {
        precondition(syntax?.isSet(by: Value.self) ?? false, "no value of kind \(Value.kind) sets '\(name)'")
        self.name = name
        contexts = syntax?.contexts ?? []
    }
}

extension Set<DirectiveContext> {
    /// The blocks that may hold ``DirectiveSettings``.
    fileprivate static let withSettings = httpToLocation.union([.main, .events, .streamServer])
}

extension DirectiveSyntax {
    fileprivate func isSet<Value: DirectiveArgument>(by _: Value.Type) -> Bool {
        guard opens == nil, !DirectiveGrammar.accumulating.contains(name), !contexts.isDisjoint(with: .withSettings)
        else { return false }
        let isList = Value.self is any Collection.Type
        return place(ofArgument: 0, of: 1, literalArguments: [nil]).accepts(Value.kind)
            && (isList ? argumentCount.upperBound > 1 : argumentCount.contains(1))
    }
}

extension DirectiveGrammar {
    /// The HTTP directives of which a block may have several, and of which the first takes away all that the block would
    /// inherit of them, or which act in their order.
    ///
    /// The rule stands with each in nginx's documentation: "These directives are inherited from the previous configuration
    /// level if and only if there are no … directives defined on the current level."
    static let accumulating: Set<String> = [
        "access_log", "add_header", "add_trailer", "allow", "auth_request_set", "break", "deny", "early_hints",
        "error_log", "error_page", "fastcgi_cache_valid", "fastcgi_hide_header", "fastcgi_param", "fastcgi_pass_header",
        "grpc_hide_header", "grpc_pass_header", "grpc_set_header", "grpc_ssl_conf_command", "if", "index", "limit_conn",
        "limit_req", "listen", "location", "mirror", "proxy_cache_valid", "proxy_cookie_domain", "proxy_cookie_flags",
        "proxy_cookie_path", "proxy_hide_header", "proxy_pass_header", "proxy_redirect", "proxy_set_header",
        "proxy_ssl_conf_command", "return", "rewrite", "scgi_hide_header", "scgi_param", "scgi_pass_header",
        "server_name", "set", "set_real_ip_from", "ssl_certificate", "ssl_certificate_key", "ssl_conf_command",
        "sub_filter", "try_files", "userid_mark", "uwsgi_hide_header", "uwsgi_param", "uwsgi_pass_header",
    ]
}
