/// How TLS is spoken with backends.
enum UpstreamTLS {
    static let settings: [Setting] = [
        .unsupported("proxy-ssl-ciphers", from: .annotation, "Names the ciphers that are allowed."),
        .unsupported(
            "proxy-ssl-location-only",
            because: "Postern never applies them to other paths",
            from: .configMaps,
            "Keeps proxy-ssl settings to the Ingress's own paths."
        ),
        .unsupported("proxy-ssl-name", from: .annotation, "Names the host that the backend's certificate must have."),
        .unsupported("proxy-ssl-protocols", from: .annotation, "Names the versions of TLS that are allowed."),
        .unsupported(
            "proxy-ssl-secret",
            from: .annotation,
            "Names the Secret with the certificate for backends, and their authority."
        ),
        .unsupported("proxy-ssl-server-name", from: .annotation, "Tells backends the host by SNI."),
        .unsupported("proxy-ssl-verify", from: .annotation, "Checks the certificates of backends."),
        .unsupported(
            "proxy-ssl-verify-depth",
            from: .annotation,
            "Limits how long the chain of a backend's certificate may be."
        ),
    ]
}
