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
    /// Holds the name of the server that has answered.
    let server: VariableName
    private let rule: SessionRule
    private let mark: String

    init(of upstream: Identifier, _ rule: SessionRule) {
        key = SessionVariables.name(of: upstream.value, "session_key")
        server = SessionVariables.name(of: upstream.value, "session_server")
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
            (MapContext(Expression(Self.lastAddress), [(.fallback, .empty)] + found), server),
        ]
        return [own.declaration, Self.lastAddressDeclaration]
            + maps.map { SessionVariables.declare($0, as: $1) }
    }

    /// A map that holds a text for clients whose next cookie is to name the server that has answered.
    func map(ofNewNames text: Expression, orElse other: Expression) -> MapContext {
        // What leads to a server that is there begins with a k, and no text at random does. Nobody has answered where
        // no name stands at the end. Commas stand between the servers that were asked one after another.
        switch (rule.isPersistent, rule.changesOnFailure) {
        case (true, false):
            map(of: [key, server], [(.fallback, text), (Self.key("^k| $"), other)])
        case (true, true):
            map(of: [key, Self.addresses, server], [(.fallback, text), (Self.key("^k[^,]*$| $"), other)])
        case (false, _):
            map(of: [Self.addresses, server], [(.fallback, other), (Self.key(",.*[^ ]$"), text)])
        }
    }

    private func map(of variables: [VariableName], _ entries: [(MapKey, Expression)]) -> MapContext {
        let parts = variables.map { [Expression.Part.variable($0)] }.joined(separator: [.literal(" ")])
        return MapContext(Expression(known: Array(parts)), entries)
    }

    /// A text that says nothing of an address to those who do not know the Service, and stays the same.
    private func name(of server: SocketAddress) -> String {
        String(SessionVariables.hash("\(mark) \(server)"), radix: 36)
    }

    /// Holds the addresses that were asked.
    private static let addresses = VariableName(known: "upstream_addr")
    /// Holds the address that was asked last.
    private static let lastAddress = VariableName(known: "session_address")

    /// nginx lists all addresses that it has asked, behind commas, or behind a colon where something else answers.
    private static let lastAddressDeclaration = SessionVariables.declare(
        MapContext(
            Expression(addresses),
            [
                (.fallback, Expression(addresses)),
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
