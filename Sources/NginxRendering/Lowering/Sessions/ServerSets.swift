import NginxSyntax
import ProxyConfiguration

/// The variables by which a hash chooses a set of an upstream's servers, and chance one of the set.
///
/// They come to a text whose consistent hash is that of the chosen server, so that nginx asks another one where it fails.
struct ServerSets {
    /// Holds the text from which nginx finds a server.
    let key: VariableName
    let declarations: [SharedDeclaration]

    /// - Parameter size: How many servers a set has; where the last one has fewer, the first servers are in it as well.
    init(of upstream: Upstream, hashing text: Expression, size: Int) {
        let ring = HashRing(upstream.servers)
        let count = max(1, ring.servers.count)
        let size = min(max(1, size), count)
        let chosen = SessionVariables.name(of: upstream.name.value, "set_number")
        let member = VariableName(known: "set_member_of", number: size)
        let setCount = (count + size - 1) / size
        let keys = ring.keys
        let entries = (0..<setCount * size).compactMap { place -> (MapKey, Expression)? in
            guard let key = keys[place % count].flatMap({ Expression(literal: $0) }),
                let numbers = Text("\(place / size) \(place % size)")
            else { return nil }
            // No other place comes first.
            return (place == 0 ? .fallback : .literal(numbers), key)
        }
        let numbers = Expression(known: [.variable(chosen), .literal(" "), .variable(member)])
        key = SessionVariables.name(of: upstream.name.value, "set_key")
        declarations = [
            SharedDeclaration(.split(SplitContext(text, among: setCount)), of: .sets, as: chosen),
            SharedDeclaration(.split(SplitContext(Self.chance, among: size)), of: .sets, as: member),
            SharedDeclaration(.map(MapContext(numbers, entries)), of: .sets, as: key),
        ]
    }

    /// Another text at random than the one that canaries are chosen by, with which the choice has nothing to do.
    private static let chance = Expression(known: [
        .variable(VariableName(known: "request_id")), .literal(" member"),
    ])
}
