import NginxSyntax
import ProxyConfiguration

/// The redirects of plain HTTP to HTTPS.
struct HTTPSValues: Sendable, Hashable {
    var redirects = true
    /// Redirects even where the host has no certificate.
    var forces = false
    var status = StatusCode.permanentRedirect
    var keepsSlash = false
    /// Whether redirects name the port.
    var namesPort = false
    /// The port of HTTPS; `nil` where nginx listens at none.
    var port: PortNumber?
    /// Path prefixes that plain HTTP serves.
    ///
    /// Certificate authorities prove a host by plain HTTP below the one that is here by default.
    var plainPaths = ["/.well-known/acme-challenge"]

    /// The redirect, where there is one.
    var redirect: HTTPSRedirect {
        HTTPSRedirect(status: status, keepsSlash: keepsSlash, port: namesPort ? port : nil)
    }
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
        ).risk(.medium).identical,
        .value(
            "http-redirect-code",
            .redirectStatus,
            \.https.status,
            default: "308",
            scope: .location,
            from: .configMaps,
            "Sets the status of redirects to HTTPS, and of those by from-to-www-redirect."
        ).identical,
        .value(
            "no-tls-redirect-locations",
            .list,
            \.https.plainPaths,
            default: "/.well-known/acme-challenge",
            scope: .location,
            from: .configMaps,
            "Names path prefixes that are not redirected to HTTPS."
        ).identical,
        .value(
            "preserve-trailing-slash",
            .bool,
            \.https.keepsSlash,
            default: "false",
            scope: .location,
            from: .everywhere,
            "Keeps a final slash where a request is sent to HTTPS, or by from-to-www-redirect to another host."
        ).risk(.medium).identical,
        .value(
            "ssl-redirect",
            .bool,
            \.https.redirects,
            default: "true",
            scope: .location,
            from: .everywhere,
            "Sends plain HTTP to HTTPS where the host has TLS."
        ).identical,
        .value(
            "use-port-in-redirects",
            .bool,
            \.https.namesPort,
            default: "false",
            scope: .location,
            from: .everywhere,
            "Names the port that nginx listens at in redirects to HTTPS, to a path, and by from-to-www-redirect."
        ).identical,
    ]
}
