import NginxSyntax
import Searching

/// The servers of an upstream on the ring of nginx's consistent hash.
///
/// nginx documents the ring as that of Cache::Memcached::Fast with 160 points for each server, so that a key for a server
/// can be found by trying: [hash](https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash).
struct HashRing {
    /// Each once.
    let servers: [SocketAddress]
    private let points: [Point]

    private struct Point {
        var hash: UInt32
        /// `nil` where two servers have the point, of which either may get it.
        var server: Int?
    }

    init(_ servers: [SocketAddress]) {
        self.servers = Set(servers).sorted()
        var points: [Point] = []
        for (index, server) in self.servers.enumerated() {
            points += Self.hashes(of: server).map { Point(hash: $0, server: index) }
        }
        points.sort { $0.hash < $1.hash }
        var distinct: [Point] = []
        for point in points {
            if let last = distinct.last, last.hash == point.hash {
                if last.server != point.server { distinct[distinct.count - 1].server = nil }
            } else {
                distinct.append(point)
            }
        }
        self.points = distinct
    }

    /// The server that a key leads to.
    func server(of key: String) -> SocketAddress? { index(of: key).map { servers[$0] } }

    /// For each of the servers a short key that leads to it; `nil` for one that has none.
    var keys: [String?] {
        var keys = [String?](repeating: nil, count: servers.count)
        var missing = servers.count
        var number = 0
        // A server has at least half of its share of the ring: none is missed by chance.
        while missing > 0, number < 200 * servers.count {
            let key = "\(Self.keyPrefix)\(number)"
            if let index = index(of: key), keys[index] == nil {
                keys[index] = key
                missing -= 1
            }
            number += 1
        }
        return keys
    }

    /// Begins each of the keys, and no text of hexadecimal digits.
    static let keyPrefix = "k"

    private func index(of key: String) -> Int? {
        let hash = CRC32(key.utf8).value
        let place = points.partitionPoint { $0.hash < hash }
        return points.isEmpty ? nil : points[place % points.count].server
    }

    /// The points of a server: each is a hash of the server and the point before.
    private static func hashes(of server: SocketAddress) -> [UInt32] {
        var name = CRC32()
        let (host, port) = parts(of: server.description.utf8)
        name.update(host)
        name.update(CollectionOfOne(0))
        name.update(port)
        var last: UInt32 = 0
        return (0..<160).map { _ in
            var point = name
            point.update((0..<4).lazy.map { UInt8(truncatingIfNeeded: last >> (8 * $0)) })
            last = point.value
            return last
        }
    }

    /// The host, and the digits behind the last colon; a path is a host alone.
    private static func parts(of server: String.UTF8View) -> (host: Substring.UTF8View, port: Substring.UTF8View) {
        let scheme = "unix:".utf8
        if server.starts(with: scheme) { return (server.dropFirst(scheme.count), server.suffix(0)) }
        guard let colon = server.lastIndex(of: UInt8(ascii: ":")) else { return (server[...], server.suffix(0)) }
        return (server[..<colon], server[server.index(after: colon)...])
    }
}

/// The CRC-32 of ISO 3309, as nginx and gzip have it.
struct CRC32 {
    private var state: UInt32 = 0xFFFF_FFFF

    init() {}

    init(_ bytes: some Sequence<UInt8>) { update(bytes) }

    mutating func update(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { state = state >> 8 ^ Self.table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] }
    }

    var value: UInt32 { ~state }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { bits, _ in bits & 1 == 0 ? bits >> 1 : bits >> 1 ^ 0xEDB8_8320 }
    }
}
