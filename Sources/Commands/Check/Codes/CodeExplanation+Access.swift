extension CodeExplanation {
    /// Access: passwords, questions and certificates of clients.
    static let access: [CodeExplanation] = [
        CodeExplanation(
            "user-left-out",
            cause: "A line or a key of the Secret with users is no user with a hash that nginx can check.",
            effect: "Nobody enters by it; the other users do.",
            remedy: "Write NAME:HASH, with a hash as htpasswd -B or openssl passwd -apr1 prints it."
        ),
        CodeExplanation(
            "user-secret-unnamed",
            cause: "auth-type is set, and auth-secret names no Secret of the Ingress's namespace.",
            effect: "Requests answer 503: without users nobody may enter.",
            remedy: "Name the Secret by auth-secret."
        ),
        CodeExplanation(
            "digest-not-built",
            cause: "auth-type is digest, for which stock nginx has no module.",
            effect: "Requests answer 503.",
            remedy: "Set auth-type to basic, and serve the host by HTTPS alone."
        ),
        CodeExplanation(
            "auth-service-unavailable",
            cause: "The Service that auth-url asks cannot be used, or has no ready endpoint.",
            effect: "Requests answer 500: without its answer nobody may enter.",
            remedy: "Start its pods, or correct the host in auth-url."
        ),
        CodeExplanation(
            "auth-service-endpoint-invalid",
            cause: "The Service that auth-url asks has an endpoint at an address where no backend can be.",
            effect: "That endpoint is not asked.",
            remedy: "Correct the EndpointSlice."
        ),
        CodeExplanation(
            "auth-service-assumed",
            cause: "The Service that auth-url asks is not in the input with endpoints.",
            effect: "Endpoints are assumed at 192.0.2.1.",
            remedy: "None is needed."
        ),
        CodeExplanation(
            "auth-resolver-missing",
            cause: "auth-url has a host to be resolved, and no DNS server is known.",
            effect: "Requests answer 500.",
            remedy: "Name a DNS server with --resolver."
        ),
        CodeExplanation(
            "auth-host-open",
            cause: "auth-url takes its host from the request, and the rule names no host.",
            effect: "The path answers 503: clients would choose by '$host' who is asked about them.",
            remedy: "Name a host in the rule, or the host of the service in auth-url."
        ),
        CodeExplanation(
            "authority-secret-unnamed",
            cause: "auth-tls-secret names no Secret of the Ingress's namespace.",
            effect: "The hosts of the Ingress answer 403.",
            remedy: "Write NAMESPACE/NAME of a Secret with ca.crt in the Ingress's own namespace."
        ),
        CodeExplanation(
            "common-name-unverified",
            cause: "auth-tls-match-cn wants certificates of some names, and certificates of clients are not verified.",
            effect: "The hosts of the Ingress answer 403: a name alone proves nothing.",
            remedy: "Set auth-tls-secret, and auth-tls-verify-client to on."
        ),
        CodeExplanation(
            "client-certificates-taken",
            cause: "An older Ingress already asks clients of the host for other certificates.",
            effect: "The paths of this Ingress answer 503 on the host.",
            remedy: "Name the same authority in both, or use a host of its own."
        ),
        CodeExplanation(
            "client-certificates-not-asked",
            cause: """
                Certificates of clients are a matter of the whole host, which an Ingress of another namespace had \
                before.
                """,
            effect: "The paths of this Ingress answer 503 on the host.",
            remedy: "Have the older Ingress ask for them, or use a host of your own."
        ),
        CodeExplanation(
            "ranges-contradict",
            cause: "A network stands both in the list of those that are served and of those that are refused.",
            effect: "Clients of the network are refused.",
            remedy: "Remove it from one of the lists."
        ),
        CodeExplanation(
            "core-rules-missing",
            cause: "The OWASP Core Rule Set is asked for, and is not on this machine.",
            effect: "The paths answer 503, so that nobody enters unfiltered.",
            remedy: """
                Install it in /etc/nginx/owasp-modsecurity-crs, or by Debian's modsecurity-crs, beside nginx and beside \
                Postern.
                """
        ),
    ]
}
