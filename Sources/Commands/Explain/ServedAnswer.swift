import Incremental
import NginxSyntax
import ProxyConfiguration

/// Whether the generation that serves has the location of an explanation.
struct ServedAnswer: Encodable {
    var generation: String
    var agrees: Bool
    /// Where the location stands in the `nginx.conf` that serves.
    var lines: String?
    var text: String

    init(
        _ served: ServedGeneration,
        _ explanation: Explanation,
        _ server: HostPattern?,
        for target: String,
        in own: ConfigurationIndex
    ) {
        generation = served.id
        let other = ConfigurationIndex(served.text)
        let name = "generation \(served.id)"
        guard let server, let ours = own.server(server) else {
            (agrees, text) = (true, "\(name): no server is explained that it could have")
            return
        }
        guard let theirs = other.server(server) else {
            (agrees, text) = (false, "\(name) has no server for this host")
            return
        }
        let path = explanation.route?.location.path
        let places = [(ours, own), (theirs, other)].map { block, index in
            path.flatMap { index.location($0, for: target, in: block) }
        }
        guard path == nil || places[1] != nil else {
            (agrees, text) = (false, "\(name) has no such location")
            return
        }
        let block = places[1] ?? theirs
        lines = other.range(of: block).words
        let place = "\(served.folder)/nginx.conf:\(lines ?? "")"
        let upstreams = explanation.route?.location.backends.compactMap { backend -> Identifier? in
            if case .upstream(let name) = backend { name } else { nil }
        }
        let isSame =
            (places[0] ?? ours).says(the: block) && ours.withoutLocations.says(the: theirs.withoutLocations)
            && (upstreams ?? []).allSatisfy { name in
                own.upstream(name).map { ours in
                    other.upstream(name).map { ours.says(the: $0.withoutWrittenEndpoints) } ?? false
                } ?? true
            }
        (agrees, text) = (isSame, Self.text(isSame, name, place))
    }

    init(generation: String, agrees: Bool, lines: String?, text: String) {
        (self.generation, self.agrees, self.lines, self.text) = (generation, agrees, lines, text)
    }

    /// - Parameters:
    ///   - name: Of the generation.
    ///   - place: Where it has what is explained.
    static func text(_ isSame: Bool, _ name: String, _ place: String) -> String {
        isSame
            ? "\(name) serves it as explained: \(place)"
            : "\(name) serves it otherwise: \(place); postern diff --state-dir shows how"
    }
}

extension Directive {
    /// Whether another one says the same, wherever it stands.
    func says(the other: Directive) -> Bool {
        guard name == other.name, arguments == other.arguments, block?.count == other.block?.count else { return false }
        return zip(block ?? [], other.block ?? []).allSatisfy { $0.says(the: $1) }
    }

    /// An upstream whose names alone say which endpoints it has.
    fileprivate var withoutWrittenEndpoints: Directive {
        let isNamed = { (server: Directive) in server.arguments.contains("resolve") }
        guard block?.contains(where: isNamed) ?? false else { return self }
        var upstream = self
        upstream.block?.removeAll { $0.name == "server" && !isNamed($0) }
        return upstream
    }

    fileprivate var withoutLocations: Directive {
        var server = self
        server.block?.removeAll { $0.name == "location" }
        return server
    }
}
