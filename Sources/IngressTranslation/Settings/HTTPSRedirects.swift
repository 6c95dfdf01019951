import NginxSyntax

/// What sends plain HTTP to HTTPS.
struct HTTPSValues: Sendable, Hashable {
    var redirects = true
    /// Redirects even where the host has no certificate.
    var forces = false
    var status = StatusCode.permanentRedirect
    /// Path prefixes that plain HTTP serves.
    ///
    /// Certificate authorities prove a host by plain HTTP below the one that is here by default.
    var plainPaths = ["/.well-known/acme-challenge"]
}

enum HTTPSRedirects {
    static let settings: [Setting] = [
        .value(
            "force-ssl-redirect",
            .bool,
            \.https.forces,
            default: "false",
            scope: .location,
            from: .everywhere,
            "Sends plain HTTP to HTTPS, even where the host has no certificate."
        ),
        .value(
            "http-redirect-code",
            .redirectStatus,
            \.https.status,
            default: "308",
            scope: .location,
            from: .configMaps,
            "Sets the status of redirects to HTTPS."
        ),
        .value(
            "no-tls-redirect-locations",
            .list,
            \.https.plainPaths,
            default: "/.well-known/acme-challenge",
            scope: .location,
            from: .configMaps,
            "Names path prefixes that are not redirected to HTTPS."
        ),
        .value(
            "ssl-redirect",
            .bool,
            \.https.redirects,
            default: "true",
            scope: .location,
            from: .everywhere,
            "Sends plain HTTP to HTTPS where the host has TLS."
        ),
    ]
}
