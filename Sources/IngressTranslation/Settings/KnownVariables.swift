import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// The variables of a request that a value may name, and the one of nginx that stands for each.
///
/// None that is sent to anybody holds a decoded path, whose line breaks would begin a header of their own.
struct KnownVariables: Sendable {
    /// By the name that ingress-nginx has for it.
    private let names: [String: String]
    /// Prefixes of variables that end with the name of an argument, a cookie or a header.
    private let families: [String]

    /// Variables that hold for a request and for a question that is asked about it.
    static let ofRequestLine = KnownVariables(
        names: [
            "best_http_host": "requested_host", "escaped_request_uri": "escaped_request_uri", "host": "host",
            "http_host": "requested_host", "pass_access_scheme": "scheme", "remote_addr": "remote_addr",
            "req_id": "request_identifier", "request_id": "request_identifier", "request_method": "request_method",
            "request_uri": "request_uri", "scheme": "scheme", "the_real_ip": "remote_addr",
        ]
    )
    /// Variables that the URL of a redirect may hold.
    static let ofRedirects = KnownVariables(
        names: [
            "args": "args", "best_http_host": "requested_host", "host": "host", "http_host": "requested_host",
            "is_args": "is_args", "query_string": "query_string", "request_uri": "request_uri", "scheme": "scheme",
        ]
    )
    /// Variables that hold for the request itself only.
    static let ofRequest = ofRequestLine.adding(["args", "is_args", "query_string"], families: ["arg_"])
    /// Variables that tell one client's requests from those of another.
    static let ofClient = ofRequest.adding(["remote_user"], families: ["cookie_", "http_", "ssl_client_"])
    /// Variables that a header may hold.
    static let ofHeaders = ofRequestLine.adding(["remote_user"], families: ["cookie_", "http_", "ssl_client_"])

    /// Variables that the headers of all requests to backends, and of all responses, may hold.
    static let ofAllHeaders = KnownVariables(
        names: ofRequestLine.names.filter { $0.key != "escaped_request_uri" }
    ).adding(
        [
            "args", "connection", "connection_requests", "content_length", "content_type", "host", "hostname", "https",
            "is_args", "msec", "proxy_add_x_forwarded_for", "proxy_host", "query_string", "remote_port", "remote_user",
            "request_length", "request_time", "server_addr", "server_name", "server_port", "server_protocol",
            "ssl_cipher", "ssl_protocol", "ssl_server_name", "status", "time_iso8601", "time_local", "upstream_addr",
            "upstream_connect_time", "upstream_header_time", "upstream_response_time", "upstream_status",
        ],
        families: ["arg_", "cookie_", "http_", "ssl_client_", "upstream_http_"]
    )

    /// Variables that a header may hold which a snippet sets for paths: these are those of one Service.
    static let ofPathHeaders = ofAllHeaders.adding(
        LogVariable.allCases.filter { $0 != .locationPath }.map(\.name)
    )

    /// Variables whose text a snippet may keep, or answer with, before a request is passed on.
    static let ofSteps = KnownVariables(
        names: ofRequestLine.names.filter { $0.key != "escaped_request_uri" }
    ).adding(
        [
            "args", "content_length", "content_type", "hostname", "https", "is_args", "msec", "query_string",
            "remote_port", "remote_user", "request_length", "server_addr", "server_name", "server_port",
            "server_protocol", "ssl_cipher", "ssl_protocol", "ssl_server_name", "time_iso8601", "time_local",
        ],
        families: ["arg_", "cookie_", "http_", "ssl_client_"]
    )

    /// Variables that a path may hold which requests are passed on by; nginx escapes it then.
    static let ofPaths = ofSteps.adding(["document_uri", "uri"], families: [])

    /// Variables that a condition of a snippet may look at.
    static let ofTests = ofPaths.adding(["realip_remote_addr", "request"], families: [])

    /// Variables that a parameter of FastCGI may hold; what they hold begins no other one.
    static let ofParameters = KnownVariables(
        names: ofRequestLine.names.filter { $0.key != "escaped_request_uri" }
    ).adding(
        [
            "args", "connection", "connection_requests", "content_length", "content_type", "document_root",
            "document_uri", "fastcgi_path_info", "fastcgi_script_name", "hostname", "https", "is_args", "msec",
            "nginx_version", "query_string", "realpath_root", "remote_port", "remote_user", "request",
            "request_filename", "request_length", "server_addr", "server_name", "server_port", "server_protocol",
            "ssl_cipher", "ssl_protocol", "ssl_server_name", "time_iso8601", "time_local", "uri",
        ],
        families: ["arg_", "cookie_", "http_", "ssl_client_"]
    )

    /// Variables that tell apart requests that may go to different endpoints; none is sent to anybody.
    static let ofConnection = KnownVariables(
        names: [:],
        families: ["arg_", "cookie_", "http_"]
    ).adding(
        Expression.requestVariables.sorted() + [
            "binary_remote_addr", "connection", "remote_addr", "remote_port", "request", "request_id",
            "request_method", "server_addr", "server_name", "server_port", "ssl_session_id",
        ],
        families: []
    )

    /// Variables that a log may hold, as nginx and ingress-nginx name them.
    static let ofLog = KnownVariables(
        names: [
            "best_http_host": "requested_host", "http_host": "http_host", "pass_access_scheme": "scheme",
            "req_id": "request_identifier", "the_real_ip": "remote_addr",
        ],
        families: [
            "arg_", "cookie_", "http_", "sent_http_", "sent_trailer_", "upstream_cookie_", "upstream_http_",
            "upstream_trailer_",
        ]
    ).adding(
        [
            "args", "body_bytes_sent", "bytes_sent", "connection", "connection_requests", "connection_time",
            "connections_active", "connections_reading", "connections_waiting", "connections_writing", "content_length",
            "content_type", "document_uri", "gzip_ratio", "host", "hostname", "http2", "https", "is_args", "limit_rate",
            "msec", "nginx_version", "pid", "pipe", "proxy_add_x_forwarded_for", "proxy_host", "proxy_port",
            "proxy_protocol_addr", "proxy_protocol_port", "proxy_protocol_server_addr", "proxy_protocol_server_port",
            "proxy_alternative_upstream_name", "proxy_upstream_name", "query_string", "realip_remote_addr",
            "realip_remote_port", "remote_addr",
            "remote_port", "remote_user", "request", "request_body", "request_completion", "request_filename",
            "request_id", "request_length", "request_method", "request_time", "request_uri", "scheme", "server_addr",
            "server_name", "server_port", "server_protocol", "ssl_alpn_protocol", "ssl_cipher", "ssl_ciphers",
            "ssl_client_escaped_cert", "ssl_client_fingerprint", "ssl_client_i_dn", "ssl_client_s_dn",
            "ssl_client_serial", "ssl_client_v_end", "ssl_client_v_remain", "ssl_client_v_start", "ssl_client_verify",
            "ssl_curve", "ssl_curves", "ssl_early_data", "ssl_protocol", "ssl_server_name", "ssl_session_id",
            "ssl_session_reused", "status", "tcpinfo_rcv_space", "tcpinfo_rtt", "tcpinfo_rttvar", "tcpinfo_snd_cwnd",
            "time_iso8601", "time_local", "upstream_addr", "upstream_bytes_received", "upstream_bytes_sent",
            "upstream_cache_status", "upstream_connect_time", "upstream_header_time", "upstream_response_length",
            "upstream_response_time", "upstream_status", "uri",
        ] + LogVariable.allCases.map(\.rawValue),
        families: []
    )

    /// Variables that a log of TCP and UDP may hold.
    static let ofStreamLog = KnownVariables(names: [:]).adding(
        [
            "bytes_received", "bytes_sent", "connection", "hostname", "msec", "nginx_version", "pid", "protocol",
            "proxy_protocol_addr", "proxy_protocol_port", "proxy_protocol_server_addr", "proxy_protocol_server_port",
            "proxy_upstream_name", "remote_addr", "remote_port", "server_addr", "server_port", "session_time", "status",
            "time_iso8601", "time_local", "upstream_addr", "upstream_bytes_received", "upstream_bytes_sent",
            "upstream_connect_time", "upstream_first_byte_time", "upstream_session_time",
        ],
        families: []
    )

    /// Variables that tell clients of TCP and UDP apart.
    static let ofStreamKeys = KnownVariables(names: [:]).adding(
        [
            "binary_remote_addr", "proxy_protocol_addr", "remote_addr", "remote_port", "server_addr", "server_port",
        ],
        families: []
    )

    private init(names: [String: String], families: [String] = []) {
        (self.names, self.families) = (names, families)
    }

    /// These and others, which a part of the configuration declares.
    func adding(_ more: [VariableName]) -> KnownVariables {
        more.isEmpty ? self : adding(more.map(\.value), families: [])
    }

    private func adding(_ more: [String], families: [String]) -> KnownVariables {
        KnownVariables(names: names.merging(more.map { ($0, $0) }) { $1 }, families: self.families + families)
    }

    /// The variable that stands for a name; `nil` for one that is not known.
    func variable(_ name: String) -> VariableName? {
        if let own = names[name] { return VariableName(own) }
        guard families.contains(where: { name.hasPrefix($0) && name.utf8.count > $0.utf8.count }),
            name.utf8.count <= Self.longestName
        else { return nil }
        return VariableName(name)
    }

    /// Longer ones need a table of variables larger than nginx makes by default.
    private static let longestName = 64
}

extension Expression {
    /// Cuts a text at its variables, `$name` or `${name}`.
    ///
    /// - Parameters:
    ///   - isAllowed: Which other bytes the text may have.
    ///   - other: The variable that stands for a name that is none of `variables`.
    static func parts(
        of text: some StringProtocol,
        _ variables: KnownVariables,
        where isAllowed: (UInt8) -> Bool,
        orElse other: (String) -> VariableName? = { _ in nil }
    ) throws(ValueError) -> [Part] {
        var parts: [Part] = []
        var rest = Substring(text)
        while let character = rest.popFirst() {
            guard character != "$" else {
                parts.append(.variable(try Self.variable(&rest, variables, orElse: other)))
                continue
            }
            guard let byte = character.asciiValue, isAllowed(byte) else {
                throw ValueError(reason: "holds '\("\(character)".excerpt)', which is not allowed there")
            }
            parts.append(.literal(String(character)))
        }
        return parts
    }

    private static func variable(
        _ rest: inout Substring,
        _ variables: KnownVariables,
        orElse other: (String) -> VariableName?
    ) throws(ValueError) -> VariableName {
        let isBraced = rest.first == "{"
        if isBraced { rest.removeFirst() }
        let name = String(rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        rest.removeFirst(name.count)
        if isBraced {
            guard rest.first == "}" else { throw ValueError(reason: "holds a '${' that no '}' ends") }
            rest.removeFirst()
        }
        guard let variable = variables.variable(name) ?? other(name) else {
            throw ValueError(reason: "names '$\(name.excerpt)', which is not known there")
        }
        return variable
    }
}

extension UInt8 {
    /// Letters, digits and `- . _ ~ / : , ? & =`, the characters that ingress-nginx allows in URLs of annotations.
    var isURLCharacter: Bool { isPathCharacter || [0x2C, 0x3F, 0x26, 0x3D].contains(self) }

    /// The same, and the `%` of escapes, which ingress-nginx before 1.12 takes where clients are sent to.
    var isLinkCharacter: Bool { isURLCharacter || self == UInt8(ascii: "%") }
}
