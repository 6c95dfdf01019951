import NginxSyntax
import ProxyConfiguration

extension Sequence<CIDRBlock> {
    /// An address of which something holds that changes only where one of the networks begins or ends; `nil` for none.
    ///
    /// It is enough to look at these places: between them nothing changes.
    func firstEdge(where isMeant: (IPAddress) -> Bool) -> IPAddress? {
        // The networks themselves say more to a person than what lies beside them.
        let inner = flatMap { [$0.address, $0.last] }
        let outer = flatMap { block in
            [block.address.moved(by: -1), block.last.moved(by: 1)].compactMap(\.self)
        }
        let ends = [IPAddress(known: "0.0.0.0"), IPAddress(known: "::")]
        return (inner + outer + ends).first(where: isMeant)
    }
}

extension CIDRBlock {
    /// The highest address of the network.
    fileprivate var last: IPAddress {
        let hostBits = address.family.width - prefixLength
        let bits = hostBits == 128 ? UInt128.max : address.bits | ((1 << UInt128(hostBits)) - 1)
        return IPAddress(address.family, bits: bits) ?? address
    }
}

extension IPAddress {
    /// `nil` where there is none.
    fileprivate func moved(by distance: Int) -> IPAddress? {
        let (sum, isOver) =
            distance < 0 ? bits.subtractingReportingOverflow(1) : bits.addingReportingOverflow(1)
        return isOver ? nil : IPAddress(family, bits: sum)
    }
}

extension LocationPolicy {
    /// The networks by which addresses are told apart.
    var namedNetworks: [CIDRBlock] {
        let rules = (access?.rules ?? []).compactMap { rule -> CIDRBlock? in
            if case .block(let block) = rule.network { block } else { nil }
        }
        return (access?.allowed ?? []) + (access?.denied ?? []) + rules + (blocked?.networks ?? [])
    }

    /// Whether a client comes past the lists of addresses: with one guard enough, whether they let it pass without another.
    func admits(_ client: IPAddress) -> Bool {
        if blocked?.networks.contains(where: { $0.contains(client) }) ?? false { return false }
        let verdict = access?.verdict(on: client) ?? .isSilent
        return admitsByOneGuard ? verdict == .allows : verdict != .denies
    }

    /// An address that comes past its lists and does not come past those of another; `nil` for none.
    func addressAdmitted(beyond other: LocationPolicy) -> IPAddress? {
        (namedNetworks + other.namedNetworks).firstEdge { admits($0) && !other.admits($0) }
    }
}
