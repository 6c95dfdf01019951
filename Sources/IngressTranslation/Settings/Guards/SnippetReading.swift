import Diagnostics
import NginxSyntax

/// A snippet of nginx's configuration, read by nginx's own lexical rules, for what would be missing without it.
struct SnippetReading {
    let verdict: GuardVerdict

    init(_ text: String) {
        do throws(ConfigurationSyntaxError) {
            // What stands behind the snippet is a line of its own.
            let directives = try ConfigurationParser.parse(Array("\(text)\n".utf8), within: SnippetReader.deepest)
            let first = directives.lazy.compactMap { $0.firstGuard(isConditional: false) }.first
            verdict =
                first.map { .guards(.directive($0.printable)) } ?? (directives.isEmpty ? .restrictsNobody : .isMissed)
        } catch {
            verdict = .guards(.unreadable)
        }
    }
}

extension Directive {
    /// Whether to leave it out may let a request through that it is meant to stop.
    var mayGuard: Bool { firstGuard(isConditional: false) != nil }

    /// The name of the first directive that may keep a request from its backend; `nil` where there is none.
    ///
    /// Only directives that are known to keep nobody away are harmless: nginx's modules are many, and a `location` or
    /// a `proxy_pass` leads around a guard as well.
    fileprivate func firstGuard(isConditional: Bool) -> String? {
        switch name {
        case "return": return isConditional || refuses ? name : nil
        case "rewrite": return isConditional ? name : nil
        // It gives clients a cookie more, and keeps nobody away.
        case "access_by_lua_block" where code.flatMap(SnippetReader.laterCookie) != nil: return nil
        case "if":
            guard !isForPreflights else { return nil }
            return block?.lazy.compactMap { $0.firstGuard(isConditional: true) }.first
        default: return HarmlessDirectives.contain(name) ? nil : name
        }
    }

    /// Whether a `return` answers with an error.
    private var refuses: Bool { arguments.first.flatMap { Int($0) }.map { $0 >= 400 } ?? false }

    /// Whether an `if` is for the requests that browsers send before those of other origins
    /// ([CORS](https://fetch.spec.whatwg.org/#cors-preflight-request)), and does nothing but answer them.
    private var isForPreflights: Bool {
        guard arguments.joined() == "($request_method=OPTIONS)" else { return false }
        return (block ?? []).allSatisfy { directive in
            directive.name == "return" ? !directive.refuses : HarmlessDirectives.contain(directive.name)
        }
    }
}

/// Directives without which a request is answered otherwise, but by the same backend and for the same clients.
private enum HarmlessDirectives {
    static func contain(_ name: String) -> Bool {
        !exceptions.contains(name) && !name.contains("_by_lua")
            && (names.contains(name) || prefixes.contains { name.hasPrefix($0) })
    }

    private static let names: Set<String> = [
        "absolute_redirect", "access_log", "add_header", "add_trailer", "aio", "auth_request_set", "break", "charset",
        "charset_types", "chunked_transfer_encoding", "default_type", "directio", "error_log", "error_page", "etag",
        "expires", "geo", "env", "gunzip", "if_modified_since", "ignore_invalid_headers", "large_client_header_buffers",
        "limit_conn_log_level", "limit_conn_status", "limit_conn_zone", "limit_req_log_level", "limit_req_status",
        "limit_req_zone", "log_format", "log_not_found", "log_subrequest", "map", "max_ranges", "more_clear_headers",
        "more_clear_input_headers", "more_set_headers", "more_set_input_headers", "msie_padding", "output_buffers",
        "override_charset", "pcre_jit", "port_in_redirect", "postpone_output", "read_ahead", "recursive_error_pages",
        "reset_timedout_connection", "resolver", "resolver_timeout", "rewrite_log", "send_lowat", "send_timeout",
        "server_name_in_redirect", "server_tokens", "set", "source_charset", "split_clients", "ssl_buffer_size",
        "ssl_ciphers", "ssl_conf_command", "ssl_dhparam", "ssl_early_data", "ssl_ecdh_curve",
        "ssl_prefer_server_ciphers", "ssl_protocols", "tcp_nodelay", "tcp_nopush", "types", "underscores_in_headers",
        "upstream", "user", "worker_processes", "worker_rlimit_nofile", "worker_shutdown_timeout",
    ]

    private static let prefixes = [
        "brotli", "client_", "fastcgi_", "grpc_", "gzip", "http2_", "keepalive_", "lingering_", "map_hash_",
        "opentelemetry", "opentracing", "otel_", "proxy_", "sendfile", "server_names_hash_", "set_", "ssl_session_",
        "ssl_stapling", "sub_filter", "types_hash_", "userid", "uwsgi_", "variables_hash_",
    ]

    /// They lead to another backend, which may be the guard.
    private static let exceptions: Set<String> = ["fastcgi_pass", "grpc_pass", "proxy_pass", "uwsgi_pass"]
}
