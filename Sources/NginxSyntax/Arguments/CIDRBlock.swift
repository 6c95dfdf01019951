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
