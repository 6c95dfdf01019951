import Crypto
import NginxSyntax
import ProxyConfiguration
import TextCoding

/// The variables by which cookies name the servers of one upstream.
///
/// nginx finds a server by the consistent hash of a text, and ``HashRing`` a text for each server: a cookie that names
/// one that is there leads to it whichever others come, and nginx asks the next one where it fails.
struct SessionServers {
    /// Holds the text from which nginx finds a server.
    let key: VariableName
    /// Holds the server that a client's next cookie is to name, and nothing for clients that keep theirs.
    let named: VariableName
    private let server: VariableName
    private let rule: SessionRule
    private let mark: String

    init(of upstream: Identifier, _ rule: SessionRule) {
        let hash = SessionVariables.hash(upstream.value)
        key = VariableName(known: "session", hashes: hash, suffix: "key")
        named = VariableName(known: "session", hashes: hash, suffix: "named")
        server = VariableName(known: "session", hashes: hash, suffix: "server")
        self.rule = rule
        mark = Backend.upstream(upstream).sessionMark
    }

    func declarations(_ servers: [SocketAddress]) -> [SharedDeclaration] {
        let ring = HashRing(servers)
        let names = ring.servers.map { name(of: $0) }
        let own = SessionVariables(rule.cookie)
        let keys = zip(names, ring.keys).compactMap { name, key in
            key.flatMap { Self.entry(name, $0) }
        }
        let found = zip(ring.servers, names).compactMap { address, name in Self.entry(address.description, name) }
        let other = Expression(rule.isPersistent ? SessionVariables.random : own.key)
        let maps = [
            (MapContext(Expression(own.key), [(.fallback, other)] + keys), key),
            (MapContext(Expression(Self.lastAddress), [(.fallback, .empty)] + found), server), (next, named),
        ]
        return [own.declaration, Self.lastAddressDeclaration]
            + maps.map { SessionVariables.declare($0, as: $1) }
    }

    /// A map of what clients have to what their next cookie names.
    private var next: MapContext {
        let addresses = VariableName(known: "upstream_addr")
        let answering = Expression(server)
        // What leads to a server that is there begins with a k, and no text at random does.
        switch (rule.isPersistent, rule.changesOnFailure) {
        case (true, false):
            return MapContext(Expression(key), [(.fallback, answering), (Self.key("^k"), .empty)])
        case (true, true):
            let both = Expression(known: [.variable(key), .literal(" "), .variable(addresses)])
            return MapContext(both, [(.fallback, answering), (Self.key("^k[^,]*+$"), .empty)])
        case (false, _):
            return MapContext(Expression(addresses), [(.fallback, .empty), (Self.key(","), answering)])
        }
    }

    /// A text that says nothing of an address to those who do not know the Service, and stays the same.
    private func name(of server: SocketAddress) -> String {
        String(SessionVariables.hash("\(mark) \(server)"), radix: 36)
    }

    /// Holds the address that was asked last.
    private static let lastAddress = VariableName(known: "session_address")

    /// nginx lists all addresses that it has asked, behind commas, or behind a colon where something else answers.
    private static let lastAddressDeclaration = SessionVariables.declare(
        MapContext(
            Expression(VariableName(known: "upstream_addr")),
            [
                (.fallback, Expression(VariableName(known: "upstream_addr"))),
                (key(" (?<session_last>[^ ]+)$"), Expression(VariableName(known: "session_last"))),
            ]
        ),
        as: lastAddress
    )

    private static func key(_ pattern: StaticString) -> MapKey {
        .expression(RegularExpression(known: pattern), ignoresCase: false)
    }

    private static func entry(_ key: String, _ value: String) -> (MapKey, Expression)? {
        guard let key = Text(key), let value = Expression(literal: value) else { return nil }
        return (.literal(key), value)
    }
}
