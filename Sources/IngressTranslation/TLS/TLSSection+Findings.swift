import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension Ingress {
    /// Findings about entries of `spec.tls` that cannot have an effect.
    ///
    /// - Parameters:
    ///   - hosts: All that it serves.
    ///   - offered: Those that it brings in beside.
    func tlsFindings(
        _ section: TLSSection,
        _ hosts: [HostPattern],
        beside offered: [HostPattern]
    ) -> [Diagnostic] {
        let coverable = CoverableHosts(hosts + offered)
        var findings: [Diagnostic] = []
        for (index, entry) in section.entries.enumerated() {
            for (hostIndex, host) in entry.hosts.enumerated() where !coverable.contains(host) {
                let field = "spec.tls[\(index)].hosts[\(hostIndex)]"
                findings.append(tlsHostWithoutRule(host, at: field, servesAll: hosts.contains(.any)))
            }
        }
        // Beside hosts that are named, each entry may cover some of them.
        if hosts == [.any] { findings += section.open.dropFirst().map(furtherOpenEntry) }
        return findings
    }

    private func tlsHostWithoutRule(_ host: String, at field: String, servesAll: Bool) -> Diagnostic {
        finding(
            .warning,
            "tls-host-without-rule",
            "no rule of the Ingress has host '\(host.excerpt)'; it gets no TLS from here",
            at: field,
            hint: servesAll ? "an entry without hosts is for every host that no Ingress names" : nil
        )
    }

    private func furtherOpenEntry(_ index: Int) -> Diagnostic {
        finding(
            .warning,
            "tls-entry-not-used",
            "an earlier entry without hosts already chose the certificate of hosts that no Ingress names; "
                + "this one is not used",
            at: "spec.tls[\(index)]"
        )
    }
}

/// Hosts of rules, as entries of `spec.tls` may name or cover them.
private struct CoverableHosts {
    private var texts: Set<String> = []
    /// The parents of the hosts, which wildcards may cover.
    private var parents: Set<String> = []

    init(_ hosts: [HostPattern]) {
        for host in hosts {
            texts.insert(host.text)
            if case .name(let name) = host, let parent = name.parent { parents.insert(parent.value) }
        }
    }

    /// Whether an entry's host is one of them, or a wildcard above one: its Secret may serve that.
    func contains(_ host: String) -> Bool {
        let host = host.lowercased()
        return texts.contains(host) || host.hasPrefix("*.") && parents.contains(String(host.dropFirst(2)))
    }
}
