import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Annotations of one Ingress that cannot both have an effect, or that lack what they are about.
struct AnnotationContradictions {
    private let ingresses: [AnnotationValues]
    private let table: RouteTable
    /// Whether guards and certificates may be set for all Ingresses.
    private let hasGlobalSettings: Bool

    init(_ ingresses: [AnnotationValues], _ table: RouteTable, hasGlobalSettings: Bool) {
        (self.ingresses, self.table, self.hasGlobalSettings) = (ingresses, table, hasGlobalSettings)
    }

    var findings: [Diagnostic] {
        let rules = Self.rules + (hasGlobalSettings ? [] : [Self.aloneGuard])
        var findings: [Diagnostic] = []
        for values in ingresses where !values.ingress.metadata.annotations.isEmpty {
            for rule in rules where values[rule.name] != nil && rule.applies(values) {
                findings.append(
                    values.finding(
                        rule.severity,
                        code: "setting-overruled",
                        "'\(rule.name)' has no effect: \(rule.reason)",
                        at: rule.name
                    )
                )
            }
            findings += contradictingRanges(values)
        }
        return findings + idleRedirects
    }

    /// An annotation that has no effect beside others.
    private struct Rule: Sendable {
        let name: String
        let severity: Diagnostic.Severity
        let reason: String
        let applies: @Sendable (AnnotationValues) -> Bool

        init(
            _ name: String,
            _ severity: Diagnostic.Severity,
            _ reason: String,
            applies: @escaping @Sendable (AnnotationValues) -> Bool
        ) {
            (self.name, self.severity, self.reason, self.applies) = (name, severity, reason, applies)
        }
    }

    private static let rules = [
        Rule("permanent-redirect", .warning, "'temporal-redirect' comes first") { $0["temporal-redirect"] != nil },
        Rule("permanent-redirect-code", .note, "there is no 'permanent-redirect'") {
            $0["permanent-redirect"] == nil
        },
        Rule("temporal-redirect-code", .note, "there is no 'temporal-redirect'") { $0["temporal-redirect"] == nil },
        Rule("rewrite-target", .note, "all requests of the Ingress are redirected before") {
            $0["temporal-redirect"] != nil || $0["permanent-redirect"] != nil
        },
        Rule("upstream-hash-by", .warning, "'affinity' chooses endpoints by a cookie") { $0["affinity"] == "cookie" },
        Rule("load-balance", .note, "'affinity' chooses endpoints by a cookie") { $0["affinity"] == "cookie" },
        Rule("load-balance", .note, "'upstream-hash-by' chooses endpoints") {
            $0["affinity"] != "cookie" && $0["upstream-hash-by"] != nil
        },
        Rule("affinity", .warning, "'service-upstream' sends requests to the Service, which chooses the pod itself") {
            $0["affinity"] == "cookie" && $0.isTrue("service-upstream")
        },
        Rule("use-regex", .note, "'rewrite-target' takes groups of the paths, which are regular expressions for that") {
            !$0.isTrue("use-regex") && $0["rewrite-target"]?.contains(/\$[1-9]/) ?? false
        },
    ]

    private static let aloneGuard = Rule("satisfy", .note, "there is nothing that restricts access") { values in
        values["satisfy"] == "any" && guards.allSatisfy { values.ingress.metadata.annotations[values.key($0)] == nil }
    }

    private static let guards = [
        "auth-type", "auth-url", "auth-tls-secret", "allowlist-source-range", "denylist-source-range",
        "whitelist-source-range", "configuration-snippet", "server-snippet",
    ]

    /// Networks that are both served and refused.
    private func contradictingRanges(_ values: AnnotationValues) -> [Diagnostic] {
        guard let denied = values["denylist-source-range"],
            let name = ["allowlist-source-range", "whitelist-source-range"].first(where: { values[$0] != nil })
        else { return [] }
        let both = Set(Self.networks(denied)).intersection(Self.networks(values[name] ?? ""))
        return both.map(\.description).sorted().map { network in
            values.finding(
                .warning,
                code: "ranges-contradict",
                "'\(network)' stands in 'denylist-source-range' as well; its clients are refused",
                at: name
            )
        }
    }

    private static func networks(_ text: String) -> [CIDRBlock] {
        text.split(separator: ",").compactMap { CIDRBlock($0.trimmingPrefix { $0 == " " }.description) }
    }

    /// Redirects to HTTPS that are asked for, and that no certificate leads to.
    private var idleRedirects: [Diagnostic] {
        let asking = ingresses.filter { $0.isTrue("ssl-redirect") && $0.ingress.tls.isEmpty }
        guard !asking.isEmpty else { return [] }
        let secure = Set(table.routes.filter { !$0.staysPlain }.compactMap(\.location.origin))
        let served = Set(table.routes.compactMap(\.location.origin))
        return asking.filter { served.contains($0.reference) && !secure.contains($0.reference) }.map { values in
            values.finding(
                .note,
                code: "ssl-redirect-unused",
                "'ssl-redirect' has no effect: no host of the Ingress has a certificate; plain HTTP is served",
                at: "ssl-redirect",
                hint: "'force-ssl-redirect' redirects where TLS ends in front of nginx"
            )
        }
    }
}

extension Route {
    /// Whether a backend serves its requests by plain HTTP, and no certificate is for its host.
    fileprivate var staysPlain: Bool {
        guard case .proxy = location.action else { return false }
        return location.httpsRedirect == nil && server.certificate == nil
    }
}
