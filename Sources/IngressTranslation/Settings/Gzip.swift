/// Which responses are compressed.
enum Gzip {
    static let settings: [Setting] = [
        .unsupported("brotli-level", because: .brotli, from: .global, "Sets how hard Brotli compresses."),
        .unsupported("brotli-min-length", because: .brotli, from: .global, "Leaves shorter responses as they are."),
        .unsupported(
            "brotli-types",
            because: .brotli,
            from: .global,
            "Names the types of responses that Brotli compresses."
        ),
        .unsupported(
            "enable-brotli",
            because: .brotli,
            from: .global,
            idle: "false",
            "Compresses responses by Brotli."
        ),
        .unsupported("gzip-disable", from: .global, "Leaves responses to these user agents as they are."),
        .unsupported("gzip-level", from: .global, "Sets how hard gzip compresses."),
        .unsupported("gzip-min-length", from: .global, "Leaves shorter responses as they are."),
        .unsupported("gzip-types", from: .global, "Names the types of responses that gzip compresses."),
        .unsupported("use-gzip", from: .global, idle: "false", "Compresses responses by gzip."),
    ]
}
