import NginxSyntax
package import ProxyConfiguration

/// The endpoints that stand in the configuration of nginx though it could ask for them, by upstream.
///
/// nginx serves nobody by a name that is new to it until that is answered, a few milliseconds after its workers have
/// started. So in a generation that brings a name to an nginx that serves, the endpoints stand beside it, unless nobody
/// served the same requests before; the next generation does without them, of which the first change of one of them is
/// reason enough.
package struct WrittenEndpoints: Sendable, Hashable {
    struct Entry: Sendable, Hashable {
        var names: [EndpointGroup]
        var servers: [SocketAddress]
        var place: Place
    }

    enum Place: Sendable, Hashable {
        case besideNames
        /// In place of names that nginx does not ask for, though it should: its clock was set back, or it is in another
        /// network.
        case insteadOfNames
    }

    private var entries: [Identifier: Entry] = [:]

    package init() {}

    package var isEmpty: Bool { entries.isEmpty }

    /// Whether some stand in place of names.
    var replacesNames: Bool { entries.values.contains { $0.place == .insteadOfNames } }

    subscript(upstream: Identifier) -> Entry? { entries[upstream] }

    mutating func write(_ upstream: Upstream, _ place: Place, _ table: EndpointTable) {
        entries[upstream.name] = Entry(names: upstream.names, servers: table[upstream.names], place: place)
    }

    /// Whether all are the endpoints that there are.
    package func areCurrent(in table: EndpointTable) -> Bool {
        entries.values.allSatisfy { table[$0.names] == $0.servers }
    }

    /// A configuration that names endpoints, with these in it.
    package func written(in configuration: Configuration) -> Configuration {
        guard !isEmpty else { return configuration }
        var configuration = configuration
        configuration.upstreams = configuration.upstreams.map { upstream in
            guard let entry = entries[upstream.name], entry.names == upstream.names else { return upstream }
            var upstream = upstream
            upstream.servers = entry.servers
            if entry.place == .insteadOfNames { upstream.names = [] }
            return upstream
        }
        return configuration
    }
}

extension WrittenEndpoints {
    /// Reads from the text of a generation which endpoints stand in it that a configuration only names.
    package init(in text: [UInt8], of configuration: Configuration) {
        guard let directives = try? ConfigurationParser.parse(text, within: 100) else { return }
        let named = Dictionary(
            configuration.upstreams.filter { !$0.names.isEmpty }.map { ($0.name.value, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let blocks = directives.first { $0.name == "http" }?.block ?? []
        for block in blocks where block.name == "upstream" {
            guard let upstream = block.arguments.first.flatMap({ named[$0] }) else { continue }
            let servers = block.block?.filter { $0.name == "server" } ?? []
            let written = servers.filter { !$0.arguments.contains("resolve") }
            let known = written.compactMap { $0.arguments.first.flatMap { SocketAddress(endpoint: $0) } }
            guard !known.isEmpty, known.count == written.count else { continue }
            let place: Place = written.count == servers.count ? .insteadOfNames : .besideNames
            entries[upstream.name] = Entry(names: upstream.names, servers: known, place: place)
        }
    }
}

extension SocketAddress {
    /// Reads `10.0.0.1:80` or `[fd00::1]:80`.
    fileprivate init?(endpoint text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)...]).flatMap({ PortNumber($0) })
        else { return nil }
        var host = text[..<colon]
        if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
        guard let address = IPAddress(String(host)) else { return nil }
        self = .internet(address, port)
    }
}
