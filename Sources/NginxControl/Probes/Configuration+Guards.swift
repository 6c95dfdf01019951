import Incremental
import NginxSyntax
import ProxyConfiguration

extension Configuration {
    /// A shadow with what it leaves out of the guards of its original: passwords, lists of addresses, blocked requests and
    /// clients' certificates.
    ///
    /// - Parameter looksAtAddresses: Whether there is an address by which the outcome can be foretold.
    func guarded(like original: Configuration, looksAtAddresses: Bool) -> Configuration {
        var shadow = self
        if looksAtAddresses { shadow.settings.blocked = original.settings.blocked }
        for index in original.servers.indices where original.servers[index].isGuarded {
            let server = original.servers[index]
            shadow.servers[index].policy.clients = server.policy.clients
            for number in server.locations.indices where server.locations[number].policy.isGuard {
                let policy = server.locations[number].policy.value
                var kept = shadow.servers[index].locations[number].policy.value
                kept.passwords = policy.passwords
                if looksAtAddresses { (kept.access, kept.blocked) = (policy.access, policy.blocked) }
                kept.admitsByOneGuard = policy.admitsByOneGuard && looksAtAddresses
                shadow.servers[index].locations[number].policy = ByReference(kept)
            }
        }
        return shadow
    }

    /// An address that no list names, as that of who comes through a Unix socket is on none; `nil` where all of a kind are.
    ///
    /// Only of an address of IPv4 nginx takes who comes through a socket, the last one, which has to be on the same lists.
    var outsider: IPAddress? {
        let networks = namedNetworks
        let last = IPAddress(known: "255.255.255.255")
        guard !networks.contains(where: { $0.contains(last) }) else { return nil }
        let proxies = settings.forwarding?.proxies ?? []
        let believesLast = proxies.contains { $0.contains(last) }
        return Self.strangers.first { stranger in
            !networks.contains { $0.contains(stranger) }
                && proxies.contains { $0.contains(stranger) } == believesLast
        }
    }

    private static let strangers = [
        IPAddress(known: "203.0.113.1"), IPAddress(known: "198.51.100.1"), IPAddress(known: "192.0.2.1"),
        IPAddress(known: "100.127.255.254"),
    ]

    /// The networks by which guards tell clients apart.
    private var namedNetworks: Set<CIDRBlock> {
        var networks = Set(settings.blocked?.networks ?? [])
        for server in servers where server.isGuarded {
            for location in server.locations where location.policy.isGuard {
                let policy = location.policy.value
                networks.formUnion(policy.blocked?.networks ?? [])
                networks.formUnion((policy.access?.denied ?? []) + (policy.access?.allowed ?? []))
                for rule in policy.access?.rules ?? [] {
                    if case .block(let block) = rule.network { networks.insert(block) }
                }
            }
        }
        return networks
    }
}

extension VirtualServer {
    fileprivate var isGuarded: Bool { self.policy.clients != nil || self.locations.contains { $0.policy.isGuard } }
}

extension ByReference<LocationPolicy> {
    fileprivate var isGuard: Bool {
        value.passwords != nil || value.access != nil || value.blocked != nil || value.admitsByOneGuard
    }
}
