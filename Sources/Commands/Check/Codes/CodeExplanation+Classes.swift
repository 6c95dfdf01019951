extension CodeExplanation {
    /// Ingresses and their classes.
    static let classes: [CodeExplanation] = [
        CodeExplanation(
            "class-missing",
            cause: "The Ingress names no class.",
            effect: "It is served or left out as --watch-ingress-without-class says; other controllers may differ.",
            remedy: "Set spec.ingressClassName."
        ),
        CodeExplanation(
            "class-assumed",
            cause: "The Ingress names a class that the input lacks, and no other Ingress is ours.",
            effect: "The Ingress is taken for ours.",
            remedy: "Name the class with --ingress-class, or add the IngressClass to the input."
        ),
        CodeExplanation(
            "class-not-found",
            cause: "The Ingress names an IngressClass that does not exist.",
            effect: "The Ingress is left out: none of its hosts is served by it.",
            remedy: "Correct spec.ingressClassName, or create the IngressClass."
        ),
        CodeExplanation(
            "class-of-others",
            cause: "The Ingress is of the class of another controller.",
            effect: "The Ingress is left out: it is that controller's.",
            remedy: "None is needed, unless it should be ours: then name its class with --ingress-class."
        ),
        CodeExplanation(
            "catch-all-disabled",
            cause: "The Ingress has a rule without host or a default backend, and --disable-catch-all is set.",
            effect: "The Ingress is left out.",
            remedy: "Name the hosts in its rules."
        ),
        CodeExplanation(
            "ingress-without-rules",
            cause: "The Ingress has neither rules nor a default backend.",
            effect: "It serves nothing.",
            remedy: "Add rules, or remove the Ingress."
        ),
        CodeExplanation(
            "class-parameters-not-found",
            cause: "An IngressClass names a ConfigMap that does not exist.",
            effect: "Its Ingresses are served with the defaults of what the ConfigMap would set.",
            remedy: "Create the ConfigMap, or correct spec.parameters: its scope is Namespace."
        ),
        CodeExplanation(
            "class-parameters-assumed",
            cause: "An IngressClass names a ConfigMap that the input lacks.",
            effect: "The ConfigMap is taken for empty.",
            remedy: "Add it to the input to have its keys checked."
        ),
        CodeExplanation(
            "class-parameters-unused",
            cause: "An IngressClass names parameters that are no ConfigMap.",
            effect: "Its Ingresses are served without the parameters.",
            remedy: "Name a ConfigMap, or remove spec.parameters."
        ),
        CodeExplanation(
            "class-not-honoured",
            cause: "The ConfigMap of the Ingress's class restricts access by a key that cannot be honoured.",
            effect: "The paths of the Ingress answer 503, so that nobody enters unchecked.",
            remedy: "Correct the key of the class's ConfigMap, or remove it to serve everybody."
        ),
        CodeExplanation(
            "global-configmap-not-found",
            cause: "The ConfigMap that --configmap names does not exist.",
            effect: "All Ingresses are served with the defaults of its keys.",
            remedy: "Create the ConfigMap, or leave the option out."
        ),
        CodeExplanation(
            "global-configmap-assumed",
            cause: "The ConfigMap that --configmap names is not in the input.",
            effect: "The ConfigMap is taken for empty.",
            remedy: "Add it to the input to have its keys checked."
        ),
        CodeExplanation(
            "global-configmap-not-honoured",
            cause: "The global ConfigMap restricts access by a key that cannot be honoured.",
            effect: "The paths of the Ingress answer 503, so that nobody enters unchecked.",
            remedy: "Correct the key of the global ConfigMap, or remove it to serve everybody."
        ),
        CodeExplanation(
            "validation-always-on",
            cause: "--enable-annotation-validation=false is given.",
            effect: "The option has no effect: values of annotations are always validated.",
            remedy: "Leave the option out."
        ),
    ]
}
