/// Which responses are replaced by those of another backend.
enum Errors {
    static let settings: [Setting] = [
        .unsupported(
            "custom-http-errors",
            from: .everywhere,
            "Has the default backend answer in place of these statuses."
        ),
        .unsupported(
            "default-backend",
            from: .annotation,
            "Names the Service that serves where the backend has no endpoints."
        ),
        .unsupported(
            "disable-proxy-intercept-errors",
            from: .everywhere,
            "Leaves the statuses of backends as they are, also those of custom-http-errors."
        ),
    ]
}
