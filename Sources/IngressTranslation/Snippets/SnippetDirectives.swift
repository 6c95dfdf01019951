import Diagnostics
import NginxSyntax

/// The directives of snippets that are settings, or that any location may have.
enum SnippetDirectives {
    /// How the words of a directive become values of settings.
    enum Form {
        case word
        case seconds
        case words
        case yesOrNo
        /// The setting says the contrary.
        case noOrYes
        /// Each word is a value of its own.
        case each

        func values(_ words: [String]) throws(SnippetRefusal) -> [String] {
            guard let first = words.first else { throw SnippetRefusal("it takes a value") }
            switch self {
            case .words: return [words.joined(separator: " ")]
            case .each: return words
            case .word, .seconds, .yesOrNo, .noOrYes: break
            }
            guard words.count == 1 else { throw SnippetRefusal("it takes one value") }
            switch self {
            case .seconds:
                guard let time = TimeSpan(first), time.milliseconds.isMultiple(of: 1_000) else {
                    throw SnippetRefusal("'\(first.excerpt)' is no time of whole seconds")
                }
                return ["\(time.milliseconds / 1_000)"]
            case .yesOrNo, .noOrYes:
                guard ["on", "off"].contains(first) else { throw SnippetRefusal("it is 'on' or 'off'") }
                return [(first == "on") == (self == .yesOrNo) ? "true" : "false"]
            case .word, .words, .each: return [first]
            }
        }
    }

    /// The settings that stand for directives.
    static let settings: [String: (names: [String], form: Form)] = [
        "client_body_buffer_size": (["client-body-buffer-size"], .word),
        "client_max_body_size": (["proxy-body-size"], .word),
        "proxy_buffer_size": (["proxy-buffer-size"], .word),
        "proxy_buffering": (["proxy-buffering"], .word),
        "proxy_buffers": (["proxy-buffers-number", "proxy-buffer-size"], .each),
        "proxy_busy_buffers_size": (["proxy-busy-buffers-size"], .word),
        "proxy_connect_timeout": (["proxy-connect-timeout"], .seconds),
        "proxy_http_version": (["proxy-http-version"], .word),
        "proxy_intercept_errors": (["disable-proxy-intercept-errors"], .noOrYes),
        "proxy_max_temp_file_size": (["proxy-max-temp-file-size"], .word),
        "proxy_next_upstream": (["proxy-next-upstream"], .words),
        "proxy_next_upstream_timeout": (["proxy-next-upstream-timeout"], .seconds),
        "proxy_next_upstream_tries": (["proxy-next-upstream-tries"], .word),
        "proxy_read_timeout": (["proxy-read-timeout"], .seconds),
        "proxy_request_buffering": (["proxy-request-buffering"], .word),
        "proxy_send_timeout": (["proxy-send-timeout"], .seconds),
        "proxy_ssl_ciphers": (["proxy-ssl-ciphers"], .word),
        "proxy_ssl_name": (["proxy-ssl-name"], .word),
        "proxy_ssl_protocols": (["proxy-ssl-protocols"], .words),
        "proxy_ssl_server_name": (["proxy-ssl-server-name"], .word),
        "proxy_ssl_verify": (["proxy-ssl-verify"], .word),
        "proxy_ssl_verify_depth": (["proxy-ssl-verify-depth"], .word),
        "rewrite_log": (["enable-rewrite-log"], .yesOrNo),
        "satisfy": (["satisfy"], .word),
    ]

    /// Those that ingress-nginx writes into each location, so that nothing comes of one outside.
    static let ofEveryPath = Set(settings.keys.filter { !$0.hasPrefix("proxy_ssl_") })
        .subtracting(["proxy_busy_buffers_size", "proxy_intercept_errors", "rewrite_log", "satisfy"])

    /// The settings that stand for directives outside of http.
    static let ofMain: [String: (names: [String], form: Form)] = [
        "worker_cpu_affinity": (["worker-cpu-affinity"], .words),
        "worker_processes": (["worker-processes"], .word),
        "worker_rlimit_nofile": (["max-worker-open-files"], .word),
        "worker_shutdown_timeout": (["worker-shutdown-timeout"], .word),
    ]

    /// Directives for the question to a service.
    static let ofQuestions: [String: Value] = [
        "proxy_connect_timeout": .time, "proxy_pass_request_headers": .flag, "proxy_read_timeout": .time,
        "proxy_send_timeout": .time, "proxy_socket_keepalive": .flag,
    ]

    private static let requestHeaders: Set = [
        "grpc_set_header", "more_clear_input_headers", "more_set_input_headers", "proxy_set_header",
    ]
    private static let responseHeaders: Set = [
        "add_header", "fastcgi_hide_header", "grpc_hide_header", "more_clear_headers", "more_set_headers",
        "proxy_hide_header",
    ]

    /// Whether a directive says what responses have, whatever else becomes of a request.
    static func isHeader(_ name: String) -> Bool { name == "expires" || responseHeaders.contains(name) }

    /// Whether a directive is read at all in a place.
    static func mayBe(_ name: String, at place: SnippetReader.Place) -> Bool {
        switch place {
        case .location, .server, .serverLocation: ofMain[name] == nil
        case .http:
            requestHeaders.contains(name) || responseHeaders.contains(name) || settings[name] != nil
                || plain[name] != nil
        case .question: requestHeaders.contains(name) || ofQuestions[name] != nil
        case .main: ofMain[name] != nil
        case .stream: false
        }
    }

    /// The value of a directive that no annotation sets.
    enum Value {
        case flag, time, size, number, status, word, types, text

        func set<Block>(
            _ directive: Directive,
            in settings: inout DirectiveSettings<Block>
        ) throws(SnippetRefusal) {
            let (name, words) = (directive.name, directive.arguments)
            guard let first = words.first, words.count == 1 || self == .types else {
                throw SnippetRefusal("it takes one value")
            }
            switch self {
            case .flag:
                guard ["on", "off"].contains(first) else { throw SnippetRefusal("it is 'on' or 'off'") }
                settings.set(SettingDirective(name, in: Block.context), to: Flag(first == "on"))
            case .time:
                guard let time = TimeSpan(first) else { throw SnippetRefusal("'\(first.excerpt)' is no time") }
                settings.set(SettingDirective(name, in: Block.context), to: time)
            case .size:
                guard let size = ByteSize(first) else { throw SnippetRefusal("'\(first.excerpt)' is no size") }
                settings.set(SettingDirective(name, in: Block.context), to: size)
            case .number:
                guard let number = Int(first), (0...(1 << 31)).contains(number) else {
                    throw SnippetRefusal("'\(first.excerpt)' is no number")
                }
                settings.set(SettingDirective(name, in: Block.context), to: Number(number))
            case .status:
                guard let number = Int(first), (400...599).contains(number) else {
                    throw SnippetRefusal("'\(first.excerpt)' is no status of an error")
                }
                settings.set(SettingDirective(name, in: Block.context), to: Number(number))
            case .word:
                guard let word = Identifier(first) else { throw SnippetRefusal("'\(first.excerpt)' is no plain word") }
                settings.set(SettingDirective(name, in: Block.context), to: word)
            case .text:
                guard let text = Text(first) else { throw SnippetRefusal("'\(first.excerpt)' is no plain text") }
                settings.set(SettingDirective(name, in: Block.context), to: text)
            case .types:
                settings.set(SettingDirective(name, in: Block.context), to: words.compactMap { Text($0) })
            }
        }
    }

    /// Directives that concern the requests and the responses of their location alone.
    static let plain: [String: Value] = [
        "charset": .word, "chunked_transfer_encoding": .flag, "client_body_timeout": .time, "default_type": .text,
        "etag": .flag, "gunzip": .flag, "gzip": .flag, "gzip_min_length": .number, "gzip_types": .types,
        "keepalive_requests": .number, "keepalive_timeout": .time, "limit_conn_status": .status,
        "limit_req_status": .status, "lingering_timeout": .time, "max_ranges": .number,
        "proxy_force_ranges": .flag, "proxy_ignore_client_abort": .flag, "proxy_method": .word,
        "proxy_pass_request_body": .flag, "proxy_pass_request_headers": .flag, "proxy_socket_keepalive": .flag,
        "send_timeout": .time, "server_tokens": .flag, "tcp_nodelay": .flag, "tcp_nopush": .flag,
    ]
}
