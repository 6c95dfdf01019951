import ProxyConfiguration

/// The values of the `hsts` settings.
struct HSTSValues: Sendable, Hashable {
    var isOn = true
    var header = StrictTransportSecurity()

    var policy: StrictTransportSecurity? { isOn ? header : nil }
}

enum HSTS {
    static let settings: [Setting] = [
        .value(
            "hsts",
            .bool,
            \.transportSecurity.isOn,
            default: "true",
            scope: .server,
            from: .configMaps,
            "Sends Strict-Transport-Security on HTTPS responses."
        ).differs("Hosts without TLS never send it; in ingress-nginx they do by the default certificate."),
        .value(
            "hsts-include-subdomains",
            .bool,
            \.transportSecurity.header.includesSubdomains,
            default: "true",
            scope: .server,
            from: .configMaps,
            "Extends Strict-Transport-Security to the host's subdomains."
        ).identical,
        .value(
            "hsts-max-age",
            .seconds,
            \.transportSecurity.header.maxAgeInSeconds,
            default: "31536000",
            scope: .server,
            from: .configMaps,
            "Sets for how many seconds Strict-Transport-Security counts."
        ).identical,
        .value(
            "hsts-preload",
            .bool,
            \.transportSecurity.header.preloads,
            default: "false",
            scope: .server,
            from: .configMaps,
            "Allows browsers to list the host as one that is asked by HTTPS only."
        ).identical,
    ]
}
