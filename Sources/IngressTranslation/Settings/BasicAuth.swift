/// Which names and passwords are asked for.
enum BasicAuth {
    static let settings: [Setting] = [
        .unsupported("auth-realm", from: .annotation, "Sets what browsers show where they ask for a password."),
        .unsupported("auth-secret", from: .annotation, "Names the Secret with names and hashed passwords."),
        .unsupported(
            "auth-secret-type",
            from: .annotation,
            "Tells whether the Secret holds a password file, or a key for each name."
        ),
        .unsupported("auth-type", from: .annotation, guards: .anything, "Asks clients for a name and a password."),
        .unsupported("satisfy", from: .annotation, "Serves clients that meet any of the Ingress's guards, or all."),
    ]
}
