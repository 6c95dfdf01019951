import Foundation
import NginxSyntax
import ProxyConfiguration

/// The connections of TCP that are open at ports of this machine, as the system lists them; see `proc(5)`.
enum OpenConnections {
    /// How many are open at each port of TCP that nginx serves; none where the system does not list them.
    static func family(_ servers: [StreamServer]) -> MetricFamily {
        var family = MetricFamily(
            "postern_port_open_connections",
            .gauge,
            "Connections of clients that are open at each port of TCP."
        )
        let ports = Set(servers.filter { $0.transport == .tcp }.map(\.port.value))
        guard !ports.isEmpty, let counts = counts(of: ports) else { return family }
        for port in ports.sorted() {
            family.add(Double(counts[port] ?? 0), ["transport": "tcp", "port": "\(port)"])
        }
        return family
    }

    /// The connections that are open now, by their own port; `nil` where the system does not list them.
    static func counts(of ports: Set<UInt16>) -> [UInt16: Int]? {
        let tables = ["/proc/net/tcp", "/proc/net/tcp6"].compactMap(content)
        guard !tables.isEmpty else { return nil }
        return tables.map { count(of: ports, in: Array($0)) }.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    }

    /// The whole of a file that has no length; `FileManager` takes no more of it than one page.
    private static func content(ofFileAt path: String) -> Data? {
        try? FileHandle(forReadingFrom: URL(filePath: path)).readToEnd()
    }

    /// The connections of a table whose own port is one of some.
    static func count(of ports: Set<UInt16>, in table: [UInt8]) -> [UInt16: Int] {
        var counts: [UInt16: Int] = [:]
        for line in table.split(separator: UInt8(ascii: "\n")).dropFirst() {
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 4)
            // The number of the line, both addresses and the state, of which 1 is that of an open connection.
            guard words.count > 3, words[3].elementsEqual("01".utf8),
                let colon = words[1].lastIndex(of: UInt8(ascii: ":")),
                let port = UInt16(String(decoding: words[1][(colon + 1)...], as: UTF8.self), radix: 16),
                ports.contains(port)
            else { continue }
            counts[port, default: 0] += 1
        }
        return counts
    }
}
