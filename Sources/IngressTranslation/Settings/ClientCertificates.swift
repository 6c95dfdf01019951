/// Which certificates clients must have.
enum ClientCertificates {
    static let settings: [Setting] = [
        .unsupported(
            "auth-tls-error-page",
            because: .clientAuthorities,
            from: .annotation,
            scope: .server,
            "Sends clients without a good certificate to this page."
        ),
        .unsupported(
            "auth-tls-match-cn",
            because: .clientAuthorities,
            from: .annotation,
            scope: .server,
            "Serves clients alone whose certificate has such a name."
        ),
        .unsupported(
            "auth-tls-pass-certificate-to-upstream",
            because: .clientAuthorities,
            from: .annotation,
            scope: .server,
            "Passes the client's certificate to the backend."
        ),
        .unsupported(
            "auth-tls-secret",
            because: .clientAuthorities,
            from: .annotation,
            guards: .anything,
            concernsHost: true,
            unless: { $0("auth-tls-verify-client") == "off" && $0("auth-tls-match-cn") == nil },
            "Serves clients with a certificate of this authority alone."
        ),
        .unsupported(
            "auth-tls-verify-client",
            because: .clientAuthorities,
            from: .annotation,
            scope: .server,
            "Decides whether a certificate is asked for, and whether one must come."
        ),
        .unsupported(
            "auth-tls-verify-depth",
            because: .clientAuthorities,
            from: .annotation,
            scope: .server,
            "Limits how long the chain of a client's certificate may be."
        ),
    ]
}

extension UnsupportedSetting.Reason {
    fileprivate static let clientAuthorities = notRead(
        wouldNeed: "files with the authorities of clients beside the certificates"
    )
}
