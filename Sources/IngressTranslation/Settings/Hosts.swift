import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// Which hosts beside those of its rules an Ingress is about.
struct HostValues: Sendable, Hashable {
    /// Whether the host with `www.` leads to that without, or the other way round.
    var redirectsWWW = false
    /// The hosts that are served like those of the rules.
    var aliases: [HostPattern] = []
    /// Whether connections of TLS are passed on as they are.
    var passesTLS = false
}

enum Hosts {
    static let settings: [Setting] = [
        .value(
            "from-to-www-redirect",
            .bool,
            \.hosts.redirectsWWW,
            default: "false",
            scope: .server,
            needs: .rule,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("no other host is redirected"),
            "Redirects the host with `www.` to that without where this is the host of a rule, or the other way round, with "
                + "the status of http-redirect-code; a host that an Ingress names is never redirected."
        ).differs(
            "The URL has no port unless 'use-port-in-redirects' is set, and a Secret that spec.tls names for "
                + "the other host is used for it."
        ),
        .value(
            "server-alias",
            .aliases,
            \.hosts.aliases,
            default: nil,
            scope: .server,
            needs: .rule,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("no other host is served like the Ingress's"),
            "Names other hosts that are served like that of a rule; `*.` stands for one label. A host that an Ingress names "
                + "in a rule is never an alias. A Secret that spec.tls names for the alias is used for it."
        ).risk(.high).differs(
            "It takes no regular expressions. Each alias has a server of its own, with the Secret that "
                + "spec.tls names for it."
        ),
        .value(
            "ssl-passthrough",
            .bool,
            \.hosts.passesTLS,
            default: "false",
            scope: .server,
            needs: .rule,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("nginx ends TLS of the host itself"),
            "Passes TLS connections of the host as they are to the Service of its path `/`, where --enable-ssl-passthrough is "
                + "given. Nothing else of the Ingress holds for them; plain HTTP is served as for other hosts."
        ).differs(
            "The oldest Ingress that sets it decides, and in ingress-nginx the oldest of the host; one has no effect on a host "
                + "that another namespace had before. Hosts such as `*.shop.test` are passed on as well. Connections go to "
                + "endpoints, and are closed where there is none."
        ),
    ]
}

extension ValueParser<[HostPattern]> {
    /// Each alias is a server of its own, with all locations of the host.
    static let aliases = ValueParser.items(
        type: "list of hosts",
        examples: ["shop.test", "shop.test, *.shop.test"],
        of: "host",
        write: { $0.map(\.text).joined(separator: ",") },
        whole: { (hosts: [HostPattern], _) throws(ValueError) in
            let distinct = Set(hosts).sorted()
            guard distinct.count <= 100 else { throw ValueError(reason: "names more than 100 hosts") }
            return distinct
        },
        item: { text throws(ValueError) in
            guard let host = HostPattern(text), host != .any else {
                throw ValueError(
                    reason: text.hasPrefix("~") ? "is a regular expression, and no host is one" : "is no host name"
                )
            }
            return host
        }
    )
}
