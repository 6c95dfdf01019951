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
            servers: EndpointLookup.servers(at: server, names: addresses.count),
            family: family,
            memory: EndpointLookup.memory(names: addresses.count, addresses: count)
        )
    }
}

/// How nginx looks up the endpoints that upstreams only name.
package struct EndpointLookup: Sendable, Hashable {
    /// Where the name server is asked that knows them: in turn at each, beginning with its own address.
    package var servers: [SocketAddress]
    /// The family of all addresses, so that nginx asks for no others; `nil` where there are both.
    package var family: IPAddress.Family?
    /// The memory for endpoints that all upstreams share.
    package var memory: ByteSize

    package init(servers: [SocketAddress], family: IPAddress.Family? = nil, memory: ByteSize) {
        (self.servers, self.family, self.memory) = (servers, family, memory)
    }

    /// The addresses of one name server.
    ///
    /// nginx has a socket for each, with room for some 250 answers, and when it starts it asks for all names before it
    /// reads one. What there is no room for is lost, and all of that is asked for at once again two seconds later.
    package static let addresses = (1...64).compactMap { IPAddress(.ipv4, bits: 0x7F00_0000 + $0) }

    /// As many names as one socket has room for.
    package static let fewNames = 200

    /// Where so many names are asked for of a server that answers at its port of all ``addresses``.
    ///
    /// Their number grows in large steps, so that it rarely changes.
    static func servers(at server: SocketAddress, names: Int) -> [SocketAddress] {
        guard names > fewNames, case .internet(.loopback, let port) = server else { return [server] }
        let count = [4, 16].first { $0 * fewNames >= names } ?? addresses.count
        return addresses.prefix(count).map { .internet($0, port) }
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
