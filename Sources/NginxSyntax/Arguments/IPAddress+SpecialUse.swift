extension IPAddress {
    /// The use of an address that no other machine has to itself.
    ///
    /// See the registries of special addresses for
    /// [IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry) and
    /// [IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry).
    package enum SpecialUse: Sendable, Hashable {
        /// `0.0.0.0/8`, `::`: a connection to it ends at this machine.
        case unspecified
        case loopback
        /// Where clouds serve credentials.
        case linkLocal
        case multicast
        case broadcast
        /// IPv4 in the clothes of IPv6: `::ffff:127.0.0.1`, `::127.0.0.1`.
        case mapped

        /// The end of a sentence: "which is …".
        package var description: String {
            switch self {
            case .unspecified: "no machine's address"
            case .loopback: "a loopback address"
            case .linkLocal: "a link-local address"
            case .multicast: "a multicast address"
            case .broadcast: "a broadcast address"
            case .mapped: "an IPv4 address written as IPv6"
            }
        }
    }

    /// `nil` for an address that a machine can have.
    package var specialUse: SpecialUse? {
        family == .ipv4 ? Self.specialUse(ofIPv4: UInt32(truncatingIfNeeded: bits)) : specialUseOfIPv6
    }

    private static func specialUse(ofIPv4 bits: UInt32) -> SpecialUse? {
        if bits == .max { return .broadcast }
        if bits >> 24 == 0 { return .unspecified }
        if bits >> 24 == 127 { return .loopback }
        if bits >> 16 == 0xA9FE { return .linkLocal }
        return bits >> 28 == 0xE ? .multicast : nil
    }

    private var specialUseOfIPv6: SpecialUse? {
        if bits == 0 { return .unspecified }
        if bits == 1 { return .loopback }
        if bits >> 118 == 0x3FA { return .linkLocal }
        if bits >> 120 == 0xFF { return .multicast }
        if bits >> 32 == 0 || bits >> 32 == 0xFFFF { return .mapped }
        return translatedIPv4.flatMap(Self.specialUse(ofIPv4:))
    }

    /// The IPv4 address that a translator or a tunnel makes of it, where it is for one.
    private var translatedIPv4: UInt32? {
        let low = UInt32(truncatingIfNeeded: bits)
        if bits >> 32 == 0xFFFF_0000 { return low }  // ::ffff:0:0:0/96, RFC 2765
        if bits >> 32 == 0x0064_FF9B << 64 { return low }  // 64:ff9b::/96, RFC 6052
        if bits >> 80 == 0x0064_FF9B_0001 { return low }  // 64:ff9b:1::/48, RFC 8215
        return bits >> 112 == 0x2002 ? UInt32(truncatingIfNeeded: bits >> 80) : nil  // 2002::/16, RFC 3056
    }
}
