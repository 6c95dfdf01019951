import Diagnostics
import ProxyConfiguration

/// The hosts that Ingresses of other hosts bring in, each decided about anew only where somebody's say has changed.
struct OfferedHosts {
    /// The hosts of rules that bring in a host.
    private var sources: [HostPattern: Set<HostPattern>] = [:]
    private var known: [HostPattern: OfferedHost] = [:]
    private var touched: Set<HostPattern> = []

    /// Takes note that a host of a rule has been decided about, which has come or gone, or brings in others.
    mutating func replace(_ before: HostAssembly, by after: HostAssembly?) {
        if sources[before.host] != nil { touched.insert(before.host) }
        for offer in before.offers {
            touched.insert(offer.host)
            sources[offer.host]?.remove(offer.source)
            if sources[offer.host]?.isEmpty ?? true { sources[offer.host] = nil }
        }
        for offer in after?.offers ?? [] {
            touched.insert(offer.host)
            sources[offer.host, default: []].insert(offer.source)
        }
    }

    /// Decides about hosts that may come to something else than before.
    mutating func settle(
        among hosts: [HostPattern: HostAssembly],
        _ certificates: inout CertificateStore,
        _ parts: inout ConfigurationParts
    ) {
        for host in touched {
            let offers = (sources[host] ?? []).flatMap { hosts[$0]?.offers ?? [] }
                .filter { $0.host == host }.sorted { $0.wins(over: $1) }
            let before = known[host]
            let after = offers.isEmpty ? nil : OfferedHost(host, offers, among: hosts, &certificates)
            known[host] = after
            parts.replace(before?.uses ?? HostUses(), by: after?.uses ?? HostUses())
            if hosts[host]?.server == nil { parts.serve(host, by: after?.server) }
        }
        touched.removeAll()
    }
}
