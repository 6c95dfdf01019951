/// Which pages of other origins may call the paths of an Ingress.
enum CORS {
    static let settings: [Setting] = [
        .unsupported("cors-allow-credentials", from: .annotation, "Allows credentials with such requests."),
        .unsupported("cors-allow-headers", from: .annotation, "Names the headers that such requests may have."),
        .unsupported("cors-allow-methods", from: .annotation, "Names the methods that such requests may have."),
        .unsupported("cors-allow-origin", from: .annotation, "Names the origins that are allowed."),
        .unsupported("cors-expose-headers", from: .annotation, "Names the headers that pages may read of responses."),
        .unsupported("cors-max-age", from: .annotation, "Sets for how many seconds browsers remember what is allowed."),
        .unsupported(
            "enable-cors",
            from: .annotation,
            "Tells browsers which pages of other origins may call the paths."
        ),
    ]
}
