/// Which protocol backends speak.
enum GatewayProtocols {
    static let settings: [Setting] = [
        .unsupported(
            "backend-protocol",
            from: .annotation,
            "Sets the protocol of requests to backends: HTTP, HTTPS, GRPC, GRPCS, FCGI or AUTO_HTTP."
        ),
        .unsupported(
            "fastcgi-index",
            from: .annotation,
            "Names the file that FastCGI serves for a path with a final slash."
        ),
        .unsupported("fastcgi-params-configmap", from: .annotation, "Names a ConfigMap with parameters of FastCGI."),
        .unsupported("grpc-buffer-size-kb", from: .configMaps, "Sets the size of the buffer for gRPC responses."),
    ]
}
