extension CodeExplanation {
    /// Ports of TCP and UDP.
    static let streams: [CodeExplanation] = [
        CodeExplanation(
            "stream-service-invalid",
            cause: """
                An entry of the ConfigMap is no port with a Service and its port, or a snippet names none that it may.
                """,
            effect: "The port is closed; the others are served.",
            remedy: """
                Write PORT: "NAMESPACE/SERVICE:PORT", and :PROXY behind it where clients send the PROXY protocol.
                """
        ),
        CodeExplanation(
            "stream-port-reserved",
            cause: "The port is one of nginx's or the controller's own.",
            effect: "The entry is left out; the port keeps its use.",
            remedy: "Choose another port."
        ),
        CodeExplanation(
            "stream-port-taken",
            cause: "An entry of a ConfigMap, or a snippet that comes first, has the port.",
            effect: "What is asked for here is left out; the port keeps its use.",
            remedy: """
                Choose another port. ConfigMaps come before snippets, that of the global ConfigMap before those of \
                Ingresses, and the oldest Ingress before all others.
                """
        ),
        CodeExplanation(
            "stream-port-in-use",
            cause: "Another process has the port, or nginx may not listen on it.",
            effect: "The port is closed; all else goes live.",
            remedy: """
                End the other process, or choose another port. It is tried again with the next change after a minute.
                """
        ),
        CodeExplanation(
            "stream-proxy-ignored",
            cause: "An entry for UDP asks for the PROXY protocol, which only TCP has.",
            effect: "The port is served without it.",
            remedy: "Remove PROXY from the entry."
        ),
        CodeExplanation(
            "stream-module-missing",
            cause: "nginx has no module for TCP and UDP.",
            effect: "No port of TCP or UDP is served; HTTP is.",
            remedy: """
                Install the module beside nginx and beside Postern, on Debian by the package libnginx-mod-stream, or use \
                an nginx that is built with it.
                """
        ),
        CodeExplanation(
            "stream-configmap-not-found",
            cause: "The ConfigMap that --tcp-services-configmap or --udp-services-configmap names does not exist.",
            effect: "No port of its transport is served.",
            remedy: "Create the ConfigMap, or remove the option."
        ),
        CodeExplanation(
            "stream-configmap-assumed",
            cause: "The ConfigMap of TCP or UDP services is not in the input of a repository.",
            effect: "It is taken for empty.",
            remedy: "None is needed. Where the input is all there is, check with --as folder or --as cluster."
        ),
        CodeExplanation(
            "stream-configmap-unreadable",
            cause: "The ConfigMap of TCP or UDP services cannot be read.",
            effect: "No port of its transport is served.",
            remedy: "Do what the finding about the reading says, such as granting access to it."
        ),
        CodeExplanation(
            "passthrough-off",
            cause: "An Ingress asks for its TLS to be passed on, and --enable-ssl-passthrough is not given.",
            effect: "nginx ends TLS of the host itself, with its certificate.",
            remedy: "Give --enable-ssl-passthrough to `postern run` and to this command, or remove the annotation."
        ),
        CodeExplanation(
            "passthrough-module-missing",
            cause: "An Ingress asks for its TLS to be passed on, and nginx lacks a module for it.",
            effect: "nginx ends TLS of the host itself, with its certificate.",
            remedy: """
                Use an nginx with the module; Debian's needs the package libnginx-mod-stream, beside Postern as well.
                """
        ),
        CodeExplanation(
            "passthrough-of-any-host",
            cause: "'ssl-passthrough' is set for a rule without a host, and the host decides whose a connection is.",
            effect: "nginx ends TLS of such hosts itself.",
            remedy: "Name a host in the rule."
        ),
        CodeExplanation(
            "passthrough-of-newcomer",
            cause: "'ssl-passthrough' is set on a host that an Ingress of another namespace had before.",
            effect: "nginx ends TLS of the host itself, as before.",
            remedy: "Have the owner of the host set the annotation."
        ),
        CodeExplanation(
            "passthrough-without-root",
            cause: "'ssl-passthrough' is set on a host of which no Service serves the path /.",
            effect: "nginx ends TLS of the host itself, with its certificate.",
            remedy: "Add the path / with the Service that is to get the connections."
        ),
        CodeExplanation(
            "passthrough-unguarded",
            cause: """
                TLS of a host is passed on, and settings guard the host that nobody can apply who does not end TLS.
                """,
            effect: "They hold for plain HTTP alone; by HTTPS everybody reaches the Service.",
            remedy: "Guard what is served in the backend itself, or remove 'ssl-passthrough'."
        ),
        CodeExplanation(
            "passthrough-path-unused",
            cause: "TLS of a host is passed on to the Service of its path /, and the host has another path.",
            effect: "The path is served by plain HTTP alone.",
            remedy: "Serve the path in the Service of /, or give it a host of its own."
        ),
    ]
}
