extension CodeExplanation {
    /// Annotations and keys of ConfigMaps.
    static let settings: [CodeExplanation] = [
        CodeExplanation(
            "annotation-unknown",
            cause: "ingress-nginx has no annotation of this name.",
            effect: "The annotation has no effect.",
            remedy: "Correct the spelling as the hint says, or remove the annotation."
        ),
        CodeExplanation(
            "annotation-misnamed",
            cause: "The annotation has a prefix that ingress-nginx does not read.",
            effect: "The annotation has no effect.",
            remedy: "Write nginx.ingress.kubernetes.io/NAME."
        ),
        CodeExplanation(
            "annotation-not-read",
            cause: """
                The annotation is one of ingress-nginx that has no effect here: it is not supported, or not by this \
                nginx.
                """,
            effect: "Requests are served without what it asks for.",
            remedy: "Remove the annotation, or see the list of annotations for what takes its place."
        ),
        CodeExplanation(
            "geo-database-unusable",
            cause: "A file in the folder of --geoip-databases is named like a database of MaxMind, and is none.",
            effect: "Nothing is looked up in it; its variables are unknown.",
            remedy: "Fetch the file anew, as MaxMind's geoipupdate does."
        ),
        CodeExplanation(
            "geo-databases-missing",
            cause: "The key use-geoip2 is true, and the folder of --geoip-databases has no database of MaxMind.",
            effect: "Variables such as $geoip2_country_code are unknown; a snippet that guards by one closes.",
            remedy: "Put databases there, as MaxMind's geoipupdate does, or remove the key."
        ),
        CodeExplanation(
            "annotation-not-honoured",
            cause: "The annotation restricts access, and cannot be honoured.",
            effect: "The paths of the Ingress answer 503, so that nobody enters unchecked.",
            remedy: "Remove the annotation to serve everybody, or restrict access in another way."
        ),
        CodeExplanation(
            "annotation-invalid",
            cause: "The value is none that the annotation can have.",
            effect: """
                The default is used, or, where the annotation restricts access, the paths answer 503, as the message \
                says.
                """,
            remedy: "Correct the value; 'postern annotations NAME' says which it can have."
        ),
        CodeExplanation(
            "annotation-out-of-place",
            cause: "The annotation is about rules or paths, and the Ingress has none.",
            effect: "The annotation has no effect.",
            remedy: "Move it to the Ingress with the rules."
        ),
        CodeExplanation(
            "annotation-risk-too-high",
            cause: "ingress-nginx rates the annotation at a higher risk than annotations-risk-level allows.",
            effect: "The Ingress is refused: its paths answer 503.",
            remedy: "Remove the annotation, or raise annotations-risk-level in the global ConfigMap."
        ),
        CodeExplanation(
            "annotation-word-blocked",
            cause: "The value holds a word that annotation-value-word-blocklist forbids.",
            effect: "The Ingress is refused: its paths answer 503.",
            remedy: "Write the value without the word."
        ),
        CodeExplanation(
            "class-parameter-unknown",
            cause: "The ConfigMap of a class has a key that ingress-nginx does not have.",
            effect: "The key has no effect.",
            remedy: "Correct the spelling as the hint says, or remove the key."
        ),
        CodeExplanation(
            "class-parameter-not-read",
            cause: "The ConfigMap of a class has a key that has no effect there.",
            effect: "Ingresses of the class are served without what it asks for.",
            remedy: "Set it in the global ConfigMap if it is about all of nginx, else remove it."
        ),
        CodeExplanation(
            "class-parameter-not-honoured",
            cause: "The ConfigMap of a class restricts access by a key that cannot be honoured.",
            effect: "The Ingresses of the class answer 503, so that nobody enters unchecked.",
            remedy: "Remove the key to serve everybody, or restrict access in another way."
        ),
        CodeExplanation(
            "class-parameter-invalid",
            cause: "The value is none that the key of the class's ConfigMap can have.",
            effect: "The default is used, or, where the key restricts access, the Ingresses of the class answer 503.",
            remedy: "Correct the value; 'postern keys NAME' says which it can have."
        ),
        CodeExplanation(
            "configmap-key-unknown",
            cause: "The global ConfigMap has a key that ingress-nginx does not have.",
            effect: "The key has no effect.",
            remedy: "Correct the spelling as the hint says, or remove the key."
        ),
        CodeExplanation(
            "configmap-key-not-read",
            cause: "The global ConfigMap has a key that has no effect here: it is not supported, or not by this nginx.",
            effect: "Requests are served without what it asks for.",
            remedy: "Remove the key, or see the list of keys for what takes its place."
        ),
        CodeExplanation(
            "configmap-key-not-honoured",
            cause: "The global ConfigMap restricts access by a key that cannot be honoured.",
            effect: "All Ingresses answer 503, so that nobody enters unchecked.",
            remedy: "Remove the key to serve everybody, or restrict access in another way."
        ),
        CodeExplanation(
            "configmap-key-invalid",
            cause: "The value is none that the key of the global ConfigMap can have.",
            effect: "The default is used, or, where the key restricts access, all Ingresses answer 503.",
            remedy: "Correct the value; 'postern keys NAME' says which it can have."
        ),
        CodeExplanation(
            "configmap-not-found",
            cause: "A ConfigMap that an annotation or a key names does not exist.",
            effect: "What it would set is not set; where that restricts access, paths answer 503, as the message says.",
            remedy: "Create the ConfigMap, or correct its name."
        ),
        CodeExplanation(
            "configmap-assumed",
            cause: "A ConfigMap that an annotation or a key names is not in the input.",
            effect: "The ConfigMap is taken for empty.",
            remedy: "Add it to the input to have it checked."
        ),
        CodeExplanation(
            "configmap-unreadable",
            cause: "A ConfigMap that an annotation names is there, and cannot be read.",
            effect: "The consequence is that of one which is missing, as the message says.",
            remedy: "Correct the ConfigMap as another finding says, or let the controller read it."
        ),
        CodeExplanation(
            "configmap-invalid",
            cause: "A ConfigMap that an annotation names holds what cannot be used for it.",
            effect: "The paths of the Ingress answer as the message says.",
            remedy: "Correct the ConfigMap."
        ),
        CodeExplanation(
            "configmap-of-another-namespace",
            cause: "An annotation names a ConfigMap of another namespace than the Ingress's.",
            effect: "The paths of the Ingress answer 503.",
            remedy: "Name a ConfigMap of the Ingress's own namespace, or a copy of it."
        ),
        CodeExplanation(
            "header-left-out",
            cause: "A ConfigMap sets a header that nginx writes itself, or that is no header.",
            effect: "The header is left out; the others are set.",
            remedy: "Remove the header from the ConfigMap."
        ),
        CodeExplanation(
            "setting-adjusted",
            cause: "nginx cannot take the value as it is.",
            effect: "The nearest value that it takes is used, as the message says.",
            remedy: "Write the value that is used."
        ),
        CodeExplanation(
            "forwarded-prefix-unused",
            cause: "x-forwarded-prefix is set, and no rewrite-target changes the path.",
            effect: "The backend gets no X-Forwarded-Prefix.",
            remedy: "Remove the annotation, or add the rewrite."
        ),
        CodeExplanation(
            "cors-off",
            cause: "An annotation about CORS is set, and enable-cors is not true.",
            effect: "Responses have no headers for CORS.",
            remedy: "Set enable-cors to \"true\", or remove the annotation."
        ),
        CodeExplanation(
            "cors-credentials-unused",
            cause: """
                cors-allow-credentials is on while every origin is allowed, and browsers do not send credentials \
                there.
                """,
            effect: "Requests with credentials fail in browsers.",
            remedy: "Name the origins by cors-allow-origin."
        ),
        CodeExplanation(
            "cors-wildcard-unused",
            cause: "A list for CORS is '*' while credentials are allowed, and browsers take it for a name then.",
            effect: "Requests with credentials fail in browsers where they need more than the defaults.",
            remedy: "List the names."
        ),
        CodeExplanation(
            "limit-rate-unused",
            cause: "limit-rate is set, and proxy-buffering is not on, without which nginx limits nothing.",
            effect: "Responses are not limited.",
            remedy: "Set proxy-buffering to \"on\"."
        ),
        CodeExplanation(
            "proxy-redirect-unused",
            cause: "One of proxy-redirect-from and proxy-redirect-to is set without the other.",
            effect: "Redirects of backends go to clients unchanged.",
            remedy: "Set both, or neither."
        ),
        CodeExplanation(
            "syslog-host-missing",
            cause: "enable-syslog is set without syslog-host.",
            effect: "Logs go to files.",
            remedy: "Set syslog-host."
        ),
        CodeExplanation(
            "setting-overruled",
            cause: "Another annotation of the Ingress comes first, or what this one is about is not there.",
            effect: "The annotation has no effect.",
            remedy: "Remove one of the two."
        ),
    ]
}
