/// What gixy finds and what is nevertheless right.
struct ExplainedFinding: Sendable {
    /// The name of the check.
    let check: String
    /// A part of the directives that a finding shows.
    let part: String
    /// Why it is right.
    let reason: String

    func explains(_ finding: GixyFinding) -> Bool { check == finding.plugin && finding.config.contains(part) }

    static let all = [
        ExplainedFinding(
            check: "hash_without_default",
            part: "$uri_byte",
            reason: "Each byte has an entry, and the empty text is to stay empty."
        ),
        ExplainedFinding(
            check: "hsts_header",
            part: "server_name",
            reason: "No host of these has TLS. A host with TLS has the header by default."
        ),
        ExplainedFinding(
            check: "http2_misdirected_request",
            part: "server_name _;",
            reason: "A request for an unknown host over the connection of a known one gets 404 by the same server."
        ),
        ExplainedFinding(
            check: "http_splitting",
            part: "$forwarded_prefix",
            reason:
                "'set' escapes groups of the path where the path itself came escaped, so that they hold no line break."
        ),
        ExplainedFinding(
            check: "http_splitting",
            part: "$uri_part",
            reason: "The maps take the URI as the client wrote it, and put percent escapes in place of all that is no "
                + "letter, digit or one of '.~-_'."
        ),
        ExplainedFinding(
            check: "http_splitting",
            part: "$ssl_client_escaped_cert",
            reason: "Its bytes but letters, digits and '-._~' are percent-encoded."
        ),
        ExplainedFinding(
            check: "http_splitting",
            part: "$ssl_client_i_dn",
            reason: "OpenSSL escapes line breaks in names, as RFC 2253 says."
        ),
        ExplainedFinding(
            check: "http_splitting",
            part: "$ssl_client_s_dn",
            reason: "OpenSSL escapes line breaks in names, as RFC 2253 says."
        ),
        ExplainedFinding(
            check: "http_splitting",
            part: "$ssl_client_verify",
            reason: "It is a word of nginx's own, with a sentence of OpenSSL's behind it."
        ),
        ExplainedFinding(
            check: "http_splitting",
            part: "return 308 https://$1",
            reason: "It is a part of the request's host, in which nginx takes no line break."
        ),
        ExplainedFinding(
            check: "if_is_evil",
            part: "set $own_",
            reason: "The block inherits all that its location says, and what passes requests on is the location's own."
        ),
        ExplainedFinding(
            check: "if_is_evil",
            part: "/next/$1 break",
            reason: "The same; what follows 'break' is no part of the location's directives of nginx's module rewrite."
        ),
        ExplainedFinding(
            check: "invalid_regex",
            part: "rewrite",
            reason:
                "A group that the path does not have is empty, as in ingress-nginx; rewrite-group-missing reports it."
        ),
        ExplainedFinding(
            check: "missing_resolver",
            part: "$canary_",
            reason: "The variable holds names of upstreams and nothing else."
        ),
        ExplainedFinding(
            check: "missing_resolver",
            part: "$tls_receiver",
            reason: "The variable holds names of upstreams and Unix sockets, and nothing else."
        ),
        ExplainedFinding(
            check: "hash_without_default",
            part: "$passed_to",
            reason: "Empty is what another map has for all hosts that are not passed on."
        ),
        ExplainedFinding(
            check: "proxy_pass_normalized",
            part: "$scheme://",
            reason:
                "There is no path behind the name of the upstream: gixy looks for it behind a scheme that it can read."
        ),
        ExplainedFinding(
            check: "regex_redos",
            part: "(a+)+",
            reason: "That is what the fixture is for: the number of steps is limited, and path-backtracks reports it."
        ),
        ExplainedFinding(
            check: "return_bypasses_allow_deny",
            part: "return",
            reason:
                "As in ingress-nginx redirects, answers to preflights, and errors without a backend are for everybody."
        ),
        ExplainedFinding(
            check: "ssl_stapling_without_resolver",
            part: "ssl_stapling on",
            reason: "nginx asks the responder at the addresses that its name had when the configuration was read."
        ),
        ExplainedFinding(
            check: "version_disclosure",
            part: "server_tokens on;",
            reason: "The key 'server-tokens' asks for it."
        ),
        ExplainedFinding(
            check: "weak_ssl_tls",
            part: "ssl_prefer_server_ciphers on;",
            reason:
                "It is the default of ingress-nginx, whose ciphers are all good; 'ssl-prefer-server-ciphers' changes it."
        ),
    ]
}
