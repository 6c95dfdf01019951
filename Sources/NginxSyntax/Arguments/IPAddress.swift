/// An IPv4 or IPv6 address.
package struct IPAddress: DirectiveArgument {
    package enum Family: Sendable, Hashable, Comparable {
        case ipv4
        case ipv6

        /// The bits of an address.
        package var width: Int { self == .ipv4 ? 32 : 128 }
    }

    package static var kind: ArgumentKind { .address }

    package let family: Family
    /// As a number; an IPv4 address fills the lowest 32 bits.
    package let bits: UInt128

    /// Returns `nil` for bits that the family has no room for.
    package init?(_ family: Family, bits: UInt128) {
        guard family == .ipv6 || bits <= UInt128(UInt32.max) else { return nil }
        self.family = family
        self.bits = bits
    }

    /// Reads four decimal numbers without leading zeros, or the text of an IPv6 address without brackets and zone.
    package init?(_ text: String) {
        if text.utf8.contains(UInt8(ascii: ":")) {
            guard let bits = IPv6Text.parse(text) else { return nil }
            (family, self.bits) = (.ipv6, bits)
        } else {
            guard let bits = Self.parseIPv4(Substring(text)) else { return nil }
            (family, self.bits) = (.ipv4, UInt128(bits))
        }
    }

    /// An address of our own.
    ///
    /// - Precondition: The literal is an address.
    package init(known literal: StaticString) {
        guard let address = IPAddress("\(literal)") else { preconditionFailure("'\(literal)' is no address") }
        self = address
    }

    /// An address for documentation, where no machine is ([RFC 5737](https://www.rfc-editor.org/rfc/rfc5737)).
    package static let documentation = IPAddress(known: "192.0.2.1")

    /// This machine's own, which no other reaches.
    package static let loopback = IPAddress(known: "127.0.0.1")

    /// `10.0.0.1`, or `[fd00::1]`: what `listen`, `server` and `resolver` take.
    package func write(to output: inout [UInt8]) {
        switch family {
        case .ipv4:
            for shift in [24, 16, 8, 0] {
                output.append(decimal: Int(UInt8(truncatingIfNeeded: bits >> shift)))
                if shift > 0 { output.append(".") }
            }
        case .ipv6:
            output.append("[")
            output.append(contentsOf: IPv6Text.format(bits).utf8)
            output.append("]")
        }
    }

    static func parseIPv4(_ text: Substring) -> UInt32? {
        var bits: UInt32 = 0
        var (fields, digits, octet) = (1, 0, UInt32(0))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "."):
                guard digits > 0 else { return nil }
                bits = bits << 8 | octet
                (fields, digits, octet) = (fields + 1, 0, 0)
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                // A leading zero means octal to some readers.
                guard digits == 0 || octet > 0 else { return nil }
                octet = octet * 10 + UInt32(byte - UInt8(ascii: "0"))
                digits += 1
                guard octet < 256 else { return nil }
            default: return nil
            }
        }
        return fields == 4 && digits > 0 ? bits << 8 | octet : nil
    }
}

extension IPAddress: Comparable, CustomStringConvertible {
    /// Without brackets, as [RFC 5952](https://www.rfc-editor.org/rfc/rfc5952) has it.
    package var description: String {
        switch family {
        case .ipv4: printedForm
        case .ipv6: IPv6Text.format(bits)
        }
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.family, left.bits) < (right.family, right.bits)
    }
}
