extension CodeExplanation {
    /// Services and other backends.
    static let backends: [CodeExplanation] = [
        CodeExplanation(
            "service-not-found",
            cause: "The Service does not exist in the Ingress's namespace.",
            effect: "Requests answer 503.",
            remedy: "Create the Service, or correct its name or the namespace."
        ),
        CodeExplanation(
            "service-assumed",
            cause: "The Service is not in the input of a repository.",
            effect: "The Service is assumed to exist, at 192.0.2.1.",
            remedy: "None is needed. Where the input is all there is, check with --as folder or --as cluster."
        ),
        CodeExplanation(
            "service-refused",
            cause: "The Service is there, and something in it is so wrong that it is left out.",
            effect: "Requests answer 503.",
            remedy: "Correct the Service as another finding says."
        ),
        CodeExplanation(
            "service-port-not-found",
            cause: "The Service has no TCP port of this number or name.",
            effect: "Requests answer 503.",
            remedy: "Name a port of the Service: its 'port' or its 'name', not the 'targetPort' of its pods."
        ),
        CodeExplanation(
            "service-without-endpoints",
            cause: "No pod of the Service is ready.",
            effect: "Requests answer 503.",
            remedy: "Start the pods, or correct the selector of the Service."
        ),
        CodeExplanation(
            "endpoints-assumed",
            cause: "The input of a repository has no endpoints of the Service.",
            effect: "Endpoints are assumed at 192.0.2.1.",
            remedy: "None is needed. Where the input is all there is, check with --as folder or --as cluster."
        ),
        CodeExplanation(
            "endpoint-address-invalid",
            cause: """
                An endpoint has an address where no backend can be: loopback, link-local, multicast or unspecified.
                """,
            effect: "The endpoint gets no requests: a tenant could reach what is not its own.",
            remedy: "Correct the EndpointSlice."
        ),
        CodeExplanation(
            "external-name-invalid",
            cause: "A Service of type ExternalName names no host that can be asked: an address within, or no name.",
            effect: "Requests answer 503.",
            remedy: "Name a host that a DNS server knows."
        ),
        CodeExplanation(
            "external-name-disabled",
            cause: "The Service is of type ExternalName, and --disable-svc-external-name is set.",
            effect: "Requests answer 503.",
            remedy: "Use another type of Service, or leave the option out."
        ),
        CodeExplanation(
            "resolver-missing",
            cause: "A Service of type ExternalName has a name to be resolved, and no DNS server is known.",
            effect: "Requests answer 503.",
            remedy: "Name a DNS server with --resolver."
        ),
        CodeExplanation(
            "backend-is-resource",
            cause: "The backend is a resource and not a Service.",
            effect: "Requests answer 404: nginx cannot serve from a resource.",
            remedy: "Name a Service."
        ),
        CodeExplanation(
            "default-backend-assumed",
            cause: "The input has no endpoints of the default backend.",
            effect: "Endpoints are assumed at 192.0.2.1.",
            remedy: "None is needed."
        ),
        CodeExplanation(
            "default-backend-unavailable",
            cause: "The default backend has no ready endpoint, or its Service cannot be used.",
            effect: "Requests that no Ingress serves answer 503.",
            remedy: "Start its pods, or correct --default-backend-service or the annotation default-backend."
        ),
        CodeExplanation(
            "custom-errors-unanswered",
            cause: "custom-http-errors is set, and no default backend could answer in place of errors.",
            effect: "Errors of the backends go to clients as they are.",
            remedy: "Name a Service by default-backend, or by --default-backend-service."
        ),
        CodeExplanation(
            "app-protocol-unused",
            cause: "The port of the Service has an appProtocol, and backend-protocol says nothing of it.",
            effect: "The backend is spoken to as backend-protocol says, HTTP by default.",
            remedy: "Set backend-protocol if the port speaks what appProtocol says."
        ),
        CodeExplanation(
            "protocol-not-built",
            cause: "backend-protocol names a protocol for which the build of nginx has no module.",
            effect: "Requests answer 503.",
            remedy: "Use a build of nginx with the module."
        ),
        CodeExplanation(
            "fastcgi-not-spoken",
            cause: "An annotation about FastCGI stands where backend-protocol is not FCGI.",
            effect: "The annotation has no effect.",
            remedy: "Set backend-protocol to FCGI, or remove the annotation."
        ),
        CodeExplanation(
            "backend-tls-not-spoken",
            cause: "An annotation about TLS to backends stands where backend-protocol is spoken without TLS.",
            effect: "The annotation has no effect: connections to backends are not encrypted.",
            remedy: "Set backend-protocol to HTTPS or GRPCS, or remove the annotation."
        ),
        CodeExplanation(
            "backend-secret-unnamed",
            cause: "proxy-ssl-secret names no Secret of the Ingress's namespace.",
            effect: "Requests answer 503.",
            remedy: "Write NAMESPACE/NAME of a Secret in the Ingress's own namespace."
        ),
        CodeExplanation(
            "backend-authority-missing",
            cause: "proxy-ssl-verify is on, and no ca.crt says which certificates of backends are good.",
            effect: "Requests answer 503: an unchecked backend could be anybody.",
            remedy: "Name a Secret with ca.crt by proxy-ssl-secret."
        ),
        CodeExplanation(
            "not-mirrored",
            cause: "mirror-target names what requests cannot be copied to.",
            effect: "Requests are served, and not copied.",
            remedy: "Correct the target as the message says."
        ),
    ]
}
