extension CodeExplanation {
    /// TLS and certificates.
    static let tls: [CodeExplanation] = [
        CodeExplanation(
            "secret-not-found",
            cause: "The Secret does not exist in the Ingress's namespace.",
            effect: """
                The default certificate serves the host, and browsers warn; where the Secret guards access, requests \
                answer 503 or 403.
                """,
            remedy: "Create the Secret, or correct its name."
        ),
        CodeExplanation(
            "secret-assumed",
            cause: "The Secret is not in the input of a repository.",
            effect: "The default certificate stands for it; where it guards access, nobody enters.",
            remedy: "None is needed. Where the input is all there is, check with --as folder or --as cluster."
        ),
        CodeExplanation(
            "secret-invalid",
            cause: """
                The Secret holds no certificate with a matching key, no users, or nothing else that nginx could \
                load.
                """,
            effect: """
                The default certificate serves the host, and browsers warn; where the Secret guards access, requests \
                answer 503 or 403.
                """,
            remedy: "Correct the Secret as the message says."
        ),
        CodeExplanation(
            "secret-set-aside",
            cause: "The Secret was set aside because nginx refuses it.",
            effect: "The default certificate serves the host, and browsers warn.",
            remedy: "Correct the Secret as the finding about it says."
        ),
        CodeExplanation(
            "secret-for-other-host",
            cause: "The certificate of the Secret is not for the host.",
            effect: "The default certificate serves the host, and browsers warn.",
            remedy: "Name a Secret whose certificate lists the host among its names."
        ),
        CodeExplanation(
            "secret-taken",
            cause: "An older Ingress already chose the certificate of the host.",
            effect: "The other certificate serves the host.",
            remedy: "Name the same Secret in both, or TLS in one of them."
        ),
        CodeExplanation(
            "tls-host-without-rule",
            cause: "spec.tls lists a host that no rule of the Ingress has.",
            effect: "The host gets no TLS from this Ingress.",
            remedy: "Add a rule for the host, or remove it from spec.tls."
        ),
        CodeExplanation(
            "tls-host-not-covered",
            cause: "A rule has a host for which no certificate of spec.tls is.",
            effect: "The default certificate serves the host; browsers warn.",
            remedy: "Add the host to an entry of spec.tls whose certificate is for it."
        ),
        CodeExplanation(
            "tls-entry-not-used",
            cause: "Two entries of spec.tls have no hosts, and only one certificate can be for unknown hosts.",
            effect: "The certificate of the later entry is not used.",
            remedy: "List the hosts, or remove the entry."
        ),
        CodeExplanation(
            "certificate-expired",
            cause: "A certificate's time is over.",
            effect: "It is served, and clients refuse it.",
            remedy: "Renew the certificate."
        ),
        CodeExplanation(
            "certificate-not-yet-valid",
            cause: "A certificate's time has not begun.",
            effect: "It is served, and clients refuse it until then.",
            remedy: "Use a certificate that is valid now, or correct the clock."
        ),
        CodeExplanation(
            "certificate-order",
            cause: "The certificates of tls.crt do not stand each before the one that issued it.",
            effect: "They are served in the right order.",
            remedy: "Order them: the host's own first, then each issuer."
        ),
        CodeExplanation(
            "certificate-repeated",
            cause: "tls.crt holds the same certificate twice.",
            effect: "It is served once.",
            remedy: "Remove the second."
        ),
        CodeExplanation(
            "certificate-unrelated",
            cause: "tls.crt holds a certificate that issued none of the others.",
            effect: "Clients pass over it; each handshake is longer by its length.",
            remedy: "Remove it."
        ),
        CodeExplanation(
            "responder-not-asked",
            cause: "OCSP stapling is on, and the responder that the certificate names cannot be asked.",
            effect: "Nothing is stapled; clients may ask the responder themselves.",
            remedy: "None is needed. Many authorities have ended OCSP."
        ),
        CodeExplanation(
            "http3-not-built",
            cause: "--http3 is given, and the nginx does not speak HTTP/3.",
            effect: "Clients are offered HTTP/1.1 and HTTP/2 only.",
            remedy: "Use nginx 1.25 or newer with http_v3_module, or leave the option out."
        ),
        CodeExplanation(
            "http3-without-tls13",
            cause: "--http3 is given, and ssl-protocols does not allow TLS 1.3, without which there is no HTTP/3.",
            effect: "Clients are offered HTTP/1.1 and HTTP/2 only.",
            remedy: "Add TLSv1.3 to ssl-protocols."
        ),
        CodeExplanation(
            "tls-sessions-mixed",
            cause: """
                Hosts ask for certificates of clients, and the version of nginx resumes TLS sessions across hosts \
                (CVE-2025-23419).
                """,
            effect: "Who has a certificate for one host may enter another.",
            remedy: "Use nginx 1.26.3 or newer, or a package that has the fix."
        ),
        CodeExplanation(
            "session-tickets-off",
            cause: "ssl-session-ticket-key is set, and ssl-session-tickets is not true.",
            effect: "The key has no effect.",
            remedy: "Set ssl-session-tickets, or remove the key."
        ),
        CodeExplanation(
            "certificate-expires-soon",
            cause: "A certificate's time is over within 30 days.",
            effect: "It is served, and clients refuse it from then on.",
            remedy: "Renew it, or see why it is not renewed by itself."
        ),
        CodeExplanation(
            "ssl-redirect-unused",
            cause: "ssl-redirect is set, and no host of the Ingress has a certificate.",
            effect: "Requests by plain HTTP are served and not redirected.",
            remedy: "Add spec.tls, or set force-ssl-redirect where TLS ends in front of nginx."
        ),
        CodeExplanation(
            "tls-host-unlisted",
            cause: "A rule has a host that spec.tls passes over, and it lists others.",
            effect: """
                The default certificate serves the host, unless the certificate of one of the Secrets is for it as \
                well.
                """,
            remedy: "Add the host to an entry of spec.tls."
        ),
    ]
}
