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
    ]
}
