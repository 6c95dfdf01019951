extension CodeExplanation {
    /// Snippets.
    static let snippets: [CodeExplanation] = [
        CodeExplanation(
            "snippet-refused",
            cause: "A directive in a snippet is none that Postern takes, or not as it stands there.",
            effect: "It has no effect; where it may restrict access, the paths or hosts of the Ingress answer 503.",
            remedy: "Use the annotation that the hint names, or remove the directive."
        ),
        CodeExplanation(
            "snippet-needless",
            cause: "A directive in a snippet says what is so already.",
            effect: "Nothing changes by it.",
            remedy: "Remove the directive."
        ),
        CodeExplanation(
            "snippet-of-newcomer",
            cause: "server-snippet counts for a whole host, which an older Ingress of another namespace had before.",
            effect: "The snippet has no effect on that host.",
            remedy: "Have the older Ingress set it, or use a host of your own."
        ),
        CodeExplanation(
            "snippet-of-any-host",
            cause: "server-snippet stands where no host is named, where load balancers ask for the health of nginx.",
            effect: "The snippet has no effect there.",
            remedy: "Name a host in the rule."
        ),
        CodeExplanation(
            "snippet-guard-taken",
            cause: "Two Ingresses have a server-snippet that may restrict access, and one counts for the host.",
            effect: "The paths of this Ingress answer 503 there.",
            remedy: "Put what restricts access in one server-snippet."
        ),
        CodeExplanation(
            "snippet-location-taken",
            cause: "A server-snippet has a location for what an Ingress serves.",
            effect: "The location gets no requests; where it may restrict access, the paths of its Ingress answer 503.",
            remedy: "Remove the location, or the path."
        ),
    ]
}
