extension CodeExplanation {
    /// Canaries.
    static let canary: [CodeExplanation] = [
        CodeExplanation(
            "canary-not-enabled",
            cause: "Annotations of a canary are set, and canary is not \"true\".",
            effect: "The Ingress is served like any other, and competes with the one it should be an alternative of.",
            remedy: "Set canary to \"true\"."
        ),
        CodeExplanation(
            "canary-without-primary",
            cause: "No other Ingress has the host and path that this could be an alternative of.",
            effect: "The canary gets no traffic.",
            remedy: "Give it the host, path and type of the other Ingress."
        ),
        CodeExplanation(
            "canary-without-rules",
            cause: "Neither a weight, a header nor a cookie sends requests to the canary.",
            effect: "The canary gets no traffic.",
            remedy: "Set canary-weight, canary-by-header or canary-by-cookie."
        ),
        CodeExplanation(
            "canary-guarded",
            cause: "The canary and the other Ingress differ in who may enter.",
            effect: "The canary gets no traffic: requests reach it by the settings of the other Ingress.",
            remedy: "Set what restricts access on the other Ingress, and not on the canary."
        ),
        CodeExplanation(
            "canary-taken",
            cause: "Another Ingress is already the canary of this path, and a path has one at the most.",
            effect: "This canary gets no traffic.",
            remedy: "Remove one of the two."
        ),
        CodeExplanation(
            "canary-is-primary",
            cause: "The canary has the same backend as the Ingress that it is an alternative of.",
            effect: "It changes nothing.",
            remedy: "Name the Service of the new version."
        ),
        CodeExplanation(
            "canary-of-another-namespace",
            cause: "The path is served by an Ingress of another namespace.",
            effect: "The canary gets no traffic: one team could take another's requests.",
            remedy: "Move it to that namespace, with a Service of type ExternalName if need be."
        ),
        CodeExplanation(
            "canary-header-missing",
            cause: "canary-by-header-value or -pattern is set without canary-by-header.",
            effect: "It has no effect.",
            remedy: "Name the header by canary-by-header."
        ),
        CodeExplanation(
            "canary-pattern-unused",
            cause: "canary-by-header-pattern stands beside canary-by-header-value, which comes first.",
            effect: "The pattern has no effect.",
            remedy: "Remove one of the two."
        ),
        CodeExplanation(
            "canary-setting-unused",
            cause: "A canary has the settings of the Ingress that it is an alternative of.",
            effect: "The setting has no effect on the canary.",
            remedy: "Set it on the other Ingress."
        ),
        CodeExplanation(
            "canary-tls-unused",
            cause: "A canary has spec.tls, and the certificates of a host are those of the other Ingresses.",
            effect: "The certificate is not used.",
            remedy: "Remove spec.tls from the canary."
        ),
        CodeExplanation(
            "pattern-backtracks",
            cause: """
                canary-by-header-pattern can match a text in very many ways, all of which are tried before it fails.
                """,
            effect: "A header of a few dozen bytes can use a worker's whole time.",
            remedy: "Let nothing repeat that repeats inside: write 'a+' in place of '(a+)+'."
        ),
    ]
}
