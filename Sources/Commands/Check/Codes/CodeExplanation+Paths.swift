extension CodeExplanation {
    /// Hosts, paths and rewrites.
    static let paths: [CodeExplanation] = [
        CodeExplanation(
            "path-taken",
            cause: "An older Ingress, or an earlier rule of the same one, has the same path on the same host.",
            effect: "This path gets no requests; the older one gets them all.",
            remedy: "Remove one of the two, or make this one a canary of the other."
        ),
        CodeExplanation(
            "default-backend-taken",
            cause: "Another Ingress already has a default backend for the host.",
            effect: "This default backend gets no requests.",
            remedy: "Remove one of the two."
        ),
        CodeExplanation(
            "path-reserved",
            cause: "The path is one that Postern answers itself where no host is named, for load balancers.",
            effect: "The path gets none of these requests.",
            remedy: "Name a host in the rule."
        ),
        CodeExplanation(
            "path-taken-literally",
            cause: "The path looks like a pattern, and nothing has it read as one.",
            effect: "It serves requests for just this text, such as a '*' in the URL.",
            remedy: """
                Set the annotation use-regex and pathType ImplementationSpecific, or write the path without the \
                pattern.
                """
        ),
        CodeExplanation(
            "path-read-as-expression",
            cause: """
                A path of type Prefix is read as a regular expression, because of use-regex or a rewrite on the \
                host.
                """,
            effect: """
                It serves what the expression matches, as with ingress-nginx; other controllers serve just this \
                text.
                """,
            remedy: "Set pathType to ImplementationSpecific."
        ),
        CodeExplanation(
            "path-stricter-than-ingress-nginx",
            cause: """
                A rewrite or a regular expression on the host has ingress-nginx match all its paths without regard \
                to type and case.
                """,
            effect: "Postern serves what the type of each path says, and not the further requests.",
            remedy: "None is needed, unless clients ask for the other spellings: add paths for these."
        ),
        CodeExplanation(
            "path-backtracks",
            cause: "The regular expression can match a text in very many ways, all of which are tried before it fails.",
            effect: "A request of a few dozen bytes can use a worker's whole time; nginx gives up and answers 500.",
            remedy: """
                Let nothing repeat that repeats inside: write 'a+' in place of '(a+)+', '[^/]*' in place of '.*' \
                between slashes.
                """
        ),
        CodeExplanation(
            "rewrite-group-missing",
            cause: "rewrite-target takes a group, such as $2, that the path does not have.",
            effect: "The group is empty: every request is rewritten to the same path without it.",
            remedy: "Put parentheses in the path, as in '/api(/|$)(.*)', and set use-regex."
        ),
        CodeExplanation(
            "expressions-too-many",
            cause: "The host has more regular expressions than nginx should ask one after another for each request.",
            effect: "This path gets no requests.",
            remedy: "Write paths without regular expressions, or spread them over several hosts."
        ),
        CodeExplanation(
            "host-not-guarded",
            cause: "A setting that guards a whole host is set by an Ingress that is younger than another namespace's.",
            effect: "It guards the Ingress's own paths, and not those of the other namespace.",
            remedy: "Have the older Ingress set it, or use a host of your own."
        ),
        CodeExplanation(
            "host-not-honoured",
            cause: "Another Ingress of the host guards all of it by a setting that cannot be honoured.",
            effect: "The paths of this Ingress answer 503 on the host, so that nobody enters unchecked.",
            remedy: "Correct the setting of the other Ingress, or remove it to serve everybody."
        ),
        CodeExplanation(
            "alias-taken",
            cause: "server-alias names a host that an Ingress serves already.",
            effect: "The alias has no effect on that host.",
            remedy: "Remove the host from the annotation."
        ),
        CodeExplanation(
            "alias-not-covered",
            cause: "server-alias names a host that the certificate is not for.",
            effect: "The default certificate serves the alias; browsers warn.",
            remedy: "Name a Secret for the alias in spec.tls."
        ),
        CodeExplanation(
            "www-redirect-taken",
            cause: "from-to-www-redirect would redirect a host that an Ingress serves already.",
            effect: "There is no redirect from that host.",
            remedy: "Remove the annotation, or the other host's rule."
        ),
        CodeExplanation(
            "www-redirect-not-covered",
            cause: "from-to-www-redirect brings in a host that the certificate is not for.",
            effect: "The default certificate serves the redirect; browsers warn before they follow it.",
            remedy: "Name a Secret for both hosts in spec.tls."
        ),
        CodeExplanation(
            "www-redirect-unused",
            cause: "from-to-www-redirect stands where no single host is named: with a wildcard, or without host.",
            effect: "There is no redirect.",
            remedy: "Name the host in the rule, or remove the annotation."
        ),
        CodeExplanation(
            "setting-taken",
            cause: "The setting counts for a whole host, and an older Ingress sets it to something else.",
            effect: "The value of the older Ingress counts on the host.",
            remedy: "Set it on one Ingress of the host."
        ),
        CodeExplanation(
            "path-shadowed",
            cause: "A regular expression of the host comes first and matches all that this path is for.",
            effect: "This path gets no requests: those of the expression get them.",
            remedy: """
                Make the expression narrower, or write this path as one that is longer: longer expressions come \
                first.
                """
        ),
        CodeExplanation(
            "path-within-another",
            cause: "The path lies within a path of an Ingress of another namespace.",
            effect: "It takes its requests from the other Ingress, as the longer path always does.",
            remedy: "None is needed where both teams know it. Else give one of them a host of its own."
        ),
        CodeExplanation(
            "rewrite-loses-path",
            cause: "The path captures the rest of each request, and rewrite-target is a folder that does not name it.",
            effect: "The backend sees the same path for every request.",
            remedy: "Name the group in the target, as in '/$2'."
        ),
    ]
}
