import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension ServerDraft {
    /// The hosts that the Ingresses of this one bring in beside it.
    func offers(_ diagnostics: inout [Diagnostic]) -> [HostOffer] {
        var offers: [HostOffer] = []
        if let owner = settings.winner(of: "server-alias") {
            offers = settings.values.hosts.aliases.map {
                HostOffer(host: $0, source: host, kind: .alias, owner: owner)
            }
        }
        guard settings.values.hosts.redirectsWWW, let owner = settings.winner(of: "from-to-www-redirect") else {
            return offers
        }
        guard case .name(let source) = host, let counterpart = source.wwwCounterpart else {
            diagnostics.append(.withoutCounterpart(owner, host))
            return offers
        }
        return offers + [HostOffer(host: .name(counterpart), source: host, kind: .redirect, owner: owner)]
    }
}

extension AdmittedIngress {
    /// The hosts that the Ingress brings in beside those of its rules, whoever else asks for them.
    func offeredHosts(beside hosts: [HostPattern]) -> [HostPattern] {
        guard values.hosts.redirectsWWW else { return values.hosts.aliases }
        return values.hosts.aliases
            + hosts.compactMap { host in
                if case .name(let name) = host { name.wwwCounterpart.map(HostPattern.name) } else { nil }
            }
    }
}

extension Diagnostic {
    fileprivate static func withoutCounterpart(_ owner: AdmittedIngress, _ host: HostPattern) -> Diagnostic {
        owner.ingress.finding(
            .warning,
            "www-redirect-unused",
            "'from-to-www-redirect' has no effect on host '\(host.text)': only a single host has one with or without "
                + "'www.' beside it",
            at: owner.annotationField("from-to-www-redirect")
        )
    }
}
