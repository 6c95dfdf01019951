import NginxSyntax
import ProxyConfiguration

extension SharedTraits {
    /// What holds for all hosts and lets somebody come to more than before.
    static func dangers(from before: Configuration, to after: Configuration) -> [RouteDanger] {
        let (old, new) = (before.settings, after.settings)
        var dangers: [RouteDanger] = []
        if let proxy = new.forwarding?.proxyBelieved(beyond: old.forwarding) {
            dangers.append(.believesMoreProxies(such: proxy))
        }
        let (were, are) = (old.blocked?.networks ?? [], new.blocked?.networks ?? [])
        let freed = (were + are).firstEdge { address in
            were.contains { $0.contains(address) } && !are.contains { $0.contains(address) }
        }
        if let freed { dangers.append(.blocksFewerAddresses(such: freed)) }
        return dangers
    }
}

extension Forwarding {
    /// A proxy that is believed, or believed more; `nil` for none.
    fileprivate func proxyBelieved(beyond other: Forwarding?) -> IPAddress? {
        let known = other?.proxies ?? []
        let new = (proxies + known).firstEdge { address in
            proxies.contains { $0.contains(address) } && !known.contains { $0.contains(address) }
        }
        // Another header, or the URL as well, may be one that clients can send.
        let believesMore = sendsURL && !(other?.sendsURL ?? false) || addressHeader != other?.addressHeader
        return new ?? (believesMore ? proxies.first?.address : nil)
    }
}
