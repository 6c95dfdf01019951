import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// How TLS is spoken with clients, beside what single directives say.
struct TLSValues: Sendable, Hashable {
    var remembersSessions = true
    var sessionCacheSize = ByteSize.zero
    var usesHTTP2 = true
    var refusesUnknownHosts = false
    var takesEarlyData = false
    /// The ciphers of one host.
    var hostCiphers: Text?
    var prefersOwnCiphers: Bool?
    var staples = false
    var usesTickets = false
    var ticketKey: SecretBytes?
    /// The Secret with parameters of Diffie-Hellman key exchanges.
    var keyExchangeSecret: NamespacedName?

    var settings: TLSSettings {
        var settings = TLSSettings(
            sessionCache: remembersSessions ? sessionCacheSize : nil,
            usesHTTP2: usesHTTP2,
            refusesUnknownHosts: refusesUnknownHosts
        )
        settings.staples = staples
        return settings
    }

    /// Backends are to know of requests that somebody else may have sent again
    /// ([RFC 8470](https://www.rfc-editor.org/rfc/rfc8470)).
    var requestHeaders: RequestHeaders {
        let early = Expression(VariableName(known: "ssl_early_data"))
        return RequestHeaders(takesEarlyData ? [RequestHeader(HeaderName(known: "Early-Data"), early)] : [])
    }

    /// The directives beside those of single settings.
    func add(to directives: inout DirectiveSettings<HTTPBlock>) {
        directives.set(SettingDirective("ssl_session_tickets"), to: Flag(usesTickets))
        if takesEarlyData { directives.set(SettingDirective("ssl_early_data"), to: true as Flag) }
    }
}

enum TLS {
    static let settings: [Setting] = [
        .value(
            "enable-ocsp",
            .bool,
            \.tls.staples,
            default: "false",
            scope: .http,
            from: .global,
            "Shows clients that certificates are not revoked, where these name somebody who tells it by OCSP, and their Secrets "
                + "hold their issuers."
        ).differs(
            "nginx asks the responders, not the controller, in the background: the first handshakes show nothing."
        ),
        .httpDirective(
            "ssl-buffer-size",
            .bufferSize,
            default: "4k",
            sets: "ssl_buffer_size",
            "Sets how much of a response is sent in one record of TLS."
        ).identical,
        .value(
            "ssl-ciphers",
            .serverCiphers,
            \.tls.hostCiphers,
            scope: .server,
            needs: .rule,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("those of all hosts are allowed"),
            "Names the ciphers that are allowed for the host up to TLS 1.2, as OpenSSL does."
        ).identical,
        .httpDirective(
            "ssl-ciphers",
            .serverCiphers,
            default: "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
                + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
                + "DHE-RSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256",
            sets: "ssl_ciphers",
            "Names the ciphers that are allowed up to TLS 1.2, as OpenSSL does; TLS 1.3 has its own."
        ).identical,
        .value(
            "ssl-dh-param",
            .qualifiedSecretName,
            \.tls.keyExchangeSecret,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("keys are exchanged on curves alone"),
            "Names a Secret with parameters of Diffie-Hellman key exchanges, 'dhparam.pem', which the ciphers that begin with "
                + "DHE need; without one keys are exchanged on curves alone."
        ).differs(
            "Parameters that OpenSSL refuses at its level of security, below 2048 bits by default, have no effect."
        ),
        .value(
            "ssl-early-data",
            .bool,
            \.tls.takesEarlyData,
            default: "false",
            scope: .http,
            from: .global,
            "Takes requests in the first flight of TLS 1.3, which somebody else may send again; backends are told of them by "
                + "the header Early-Data."
        ).needing("ssl_early_data").differs("Backends are told of such requests, and can refuse them with 425."),
        .httpDirective(
            "ssl-ecdh-curve",
            .curves,
            default: "auto",
            sets: "ssl_ecdh_curve",
            "Names the curves of key exchange, with colons between them."
        ).identical,
        .value(
            "ssl-prefer-server-ciphers",
            .bool,
            \.tls.prefersOwnCiphers,
            scope: .server,
            needs: .rule,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("nginx's order counts"),
            "Chooses ciphers by nginx's order in place of the client's, as is done for all hosts that do not say otherwise."
        ).identical,
        .httpDirective(
            "ssl-protocols",
            .protocols,
            default: "TLSv1.2 TLSv1.3",
            sets: "ssl_protocols",
            "Names the versions of TLS that are allowed. OpenSSL refuses those before 1.2 unless 'ssl-ciphers' ends with "
                + "'@SECLEVEL=0'."
        ).identical,
        .value(
            "ssl-reject-handshake",
            .bool,
            \.tls.refusesUnknownHosts,
            default: "false",
            scope: .http,
            from: .global,
            "Refuses handshakes of clients that name no host, or one that no Ingress does."
        ).needing("ssl_reject_handshake").identical,
        .value(
            "ssl-session-cache",
            .bool,
            \.tls.remembersSessions,
            default: "true",
            scope: .http,
            from: .global,
            "Remembers TLS sessions, so that clients need not begin anew."
        ).identical,
        .value(
            "ssl-session-cache-size",
            .cacheSize,
            \.tls.sessionCacheSize,
            default: "10m",
            scope: .http,
            from: .global,
            "Sets the size of the memory of sessions; a megabyte holds about 4000."
        ).identical,
        .value(
            "ssl-session-ticket-key",
            .ticketKey,
            \.tls.ticketKey,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("nginx makes a key of its own"),
            "Sets the key of session tickets: 48 or 80 random bytes in base64. With one key, tickets are good at every nginx that "
                + "has it, and after reloads; without one, nginx makes keys of its own."
        ).identical,
        .value(
            "ssl-session-tickets",
            .bool,
            \.tls.usesTickets,
            default: "false",
            scope: .http,
            from: .global,
            "Has clients keep their sessions in tickets."
        ).identical,
        .httpDirective(
            "ssl-session-timeout",
            .span,
            default: "10m",
            sets: "ssl_session_timeout",
            "Limits for how long a session may be taken up again."
        ).identical,
    ]
}
