/// A network: `10.0.0.0/8`, `fd00::/8`, or one address.
package struct CIDRBlock: DirectiveArgument {
    package static var kind: ArgumentKind { .cidr }

    /// The lowest address of the network.
    package let address: IPAddress
    package let prefixLength: Int

    /// Clears the bits of `address` behind the prefix; `nil` for a prefix that is longer than the address.
    package init?(_ address: IPAddress, prefixLength: Int) {
        guard (0...address.family.width).contains(prefixLength) else { return nil }
        let hostBits = address.family.width - prefixLength
        let network = hostBits == 128 ? 0 : (address.bits >> hostBits) << hostBits
        guard let lowest = IPAddress(address.family, bits: network) else { return nil }
        self.address = lowest
        self.prefixLength = prefixLength
    }

    /// Reads an address with or without `/` and the length of its prefix.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
        guard parts.count == 2 else {
            self.init(address, prefixLength: address.family.width)
            return
        }
        // Only the plain form of a number: no sign, no leading zero.
        guard let length = Int(parts[1]), "\(length)" == parts[1] else { return nil }
        self.init(address, prefixLength: length)
    }

    /// Every address of a family.
    package static func everything(_ family: IPAddress.Family) -> CIDRBlock? {
        IPAddress(family, bits: 0).flatMap { CIDRBlock($0, prefixLength: 0) }
    }

    /// The highest address of the network, as a number.
    fileprivate var lastBits: UInt128 {
        let hostBits = address.family.width - prefixLength
        return hostBits == 128 ? .max : address.bits | ((1 << UInt128(hostBits)) - 1)
    }

    package func contains(_ other: IPAddress) -> Bool {
        guard other.family == address.family else { return false }
        return CIDRBlock(other, prefixLength: prefixLength)?.address == address
    }

    /// Without brackets, as `allow`, `deny`, `geo` and `set_real_ip_from` take it.
    package func write(to output: inout [UInt8]) { output.append(contentsOf: description.utf8) }
}

extension CIDRBlock: Comparable, CustomStringConvertible {
    package var description: String {
        prefixLength == address.family.width ? address.description : "\(address.description)/\(prefixLength)"
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.address, left.prefixLength) < (right.address, right.prefixLength)
    }
}

extension Sequence<CIDRBlock> {
    /// Whether the networks together hold every address of a family.
    package func cover(_ family: IPAddress.Family) -> Bool {
        var next: UInt128 = 0
        let last = family == .ipv4 ? UInt128(UInt32.max) : .max
        for block in filter({ $0.address.family == family }).sorted(by: { $0.address < $1.address }) {
            guard block.address.bits <= next else { return false }
            guard block.lastBits < last else { return true }
            next = Swift.max(next, block.lastBits + 1)
        }
        return false
    }
}
