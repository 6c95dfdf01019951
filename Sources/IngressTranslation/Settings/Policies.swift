/// Which annotations of Ingresses are taken.
enum Policies {
    static let settings: [Setting] = [
        .unsupported(
            "allow-cross-namespace-resources",
            because: "Postern takes objects of the Ingress's own namespace only",
            from: .global,
            idle: "false",
            "Lets Ingresses name Secrets and ConfigMaps of other namespaces."
        ).wouldNeed("a way for a namespace to say who may use its objects"),
        .unsupported(
            "allow-snippet-annotations",
            because: .snippets,
            from: .global,
            idle: "false",
            "Takes snippets of Ingresses."
        ),
        .unsupported(
            "annotation-value-word-blocklist",
            from: .global,
            "Leaves out Ingresses with these words in their annotations."
        ).wouldNeed("nothing: no value of an annotation becomes syntax of nginx"),
        .unsupported(
            "annotations-risk-level",
            from: .global,
            "Leaves out Ingresses with annotations of a higher risk."
        ).wouldNeed("nothing: the annotations of a higher risk are not read, and close where they guard"),
    ]
}
