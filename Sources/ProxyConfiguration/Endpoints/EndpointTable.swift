package import NginxSyntax

/// The addresses of endpoints that nginx looks up while it serves: no part of a configuration, which they may change
/// without.
package struct EndpointTable: Sendable, Hashable {
    /// In their order, each once, and at least one for each name.
    package private(set) var addresses: [EndpointGroup: [IPAddress]] = [:]
    /// How many addresses there are of all names together.
    package private(set) var count = 0
    private var ipv6Count = 0

    /// How many addresses a name may have: an answer has 64 KiB, and each address of IPv6 takes 28 bytes of it.
    package static let mostAddresses = 2_000

    package init() {}

    package var isEmpty: Bool { addresses.isEmpty }

    /// The endpoints of an upstream, which are asked at the ports of their names.
    package subscript(names: [EndpointGroup]) -> [SocketAddress] {
        names.flatMap { name in (addresses[name] ?? []).map { .internet($0, name.port) } }
    }

    /// Replaces the addresses of a name; `nil` for a name that there is no more.
    package mutating func set(_ name: EndpointGroup, to new: [IPAddress]?) {
        let old = addresses[name] ?? []
        let new = new ?? []
        guard old != new else { return }
        count += new.count - old.count
        ipv6Count += new.count { $0.family == .ipv6 } - old.count { $0.family == .ipv6 }
        addresses[name] = new.isEmpty ? nil : new
    }

    /// The way in which nginx looks them up; `nil` where it does not.
    package func lookup(at server: SocketAddress) -> EndpointLookup? {
        guard !isEmpty else { return nil }
        let family: IPAddress.Family? = ipv6Count == 0 ? .ipv4 : ipv6Count == count ? .ipv6 : nil
        return EndpointLookup(
            server: server,
            family: family,
            memory: EndpointLookup.memory(names: addresses.count, addresses: count)
        )
    }
}

/// How nginx looks up the endpoints that upstreams only name.
package struct EndpointLookup: Sendable, Hashable {
    /// The name server that knows them.
    package var server: SocketAddress
    /// The family of all addresses, so that nginx asks for no others; `nil` where there are both.
    package var family: IPAddress.Family?
    /// The memory for endpoints that all upstreams share.
    package var memory: ByteSize

    package init(server: SocketAddress, family: IPAddress.Family? = nil, memory: ByteSize) {
        (self.server, self.family, self.memory) = (server, family, memory)
    }

    /// An upstream that names endpoints takes 1.65 KB of nginx 1.30, and each endpoint 0.8 KB.
    ///
    /// nginx leaves out what it has no room for, and another size takes a reload: there is room for at least four times
    /// as many, and the steps are large. Memory that is not used costs nothing.
    package static func memory(names: Int, addresses: Int) -> ByteSize {
        let needed = 4 * (2_048 * names + 1_024 * addresses)
        return steps.first { $0.bytes >= needed } ?? largest
    }

    private static let steps = [16, 64, 256, 1_024].compactMap { ByteSize("\($0)m") }
    private static let largest = ByteSize(known: 4_096 << 20)
}
