import NginxSyntax
import ProxyConfiguration

extension ServedAnswer {
    /// Whether the generation that serves passes TLS of a host on as explained; `nil` where neither passes it on.
    static func passing(
        _ served: ServedGeneration,
        _ host: HostPattern,
        _ passed: PassedHost?,
        in own: ConfigurationIndex
    ) -> ServedAnswer? {
        let other = ConfigurationIndex(served.text)
        let theirs = other.passed(host)
        guard passed != nil || theirs != nil else { return nil }
        let sides = Sides(ours: own.passed(host), theirs: theirs, service: passed?.service, own: own, other: other)
        return ServedAnswer(served, sides, missing: "ends TLS of this host itself")
    }

    /// Whether the generation that serves has a port of TCP or UDP as explained.
    init(_ served: ServedGeneration, _ server: StreamServer?, at port: PortURL, in own: ConfigurationIndex) {
        let other = ConfigurationIndex(served.text)
        let sides = Sides(
            ours: server.flatMap(own.port),
            theirs: server.map(other.port) ?? other.port(port),
            service: server?.service,
            own: own,
            other: other
        )
        self.init(served, sides, missing: "does not serve it")
    }

    /// What stands in `stream` for the same thing, as explained and as served.
    private struct Sides {
        var ours: Directive?
        var theirs: Directive?
        var service: Identifier?
        var own: ConfigurationIndex
        var other: ConfigurationIndex

        /// Whether both say the same, and name the same endpoints.
        var areSame: Bool {
            guard let ours, let theirs, ours.says(the: theirs) else { return ours == nil && theirs == nil }
            guard let service, let upstream = own.streamUpstream(service) else { return true }
            return other.streamUpstream(service).map(upstream.says) ?? false
        }
    }

    private init(_ served: ServedGeneration, _ sides: Sides, missing: String) {
        let name = "generation \(served.id)"
        let lines = sides.theirs.map { sides.other.range(of: $0).words }
        let text =
            lines.map { Self.text(sides.areSame, name, "\(served.folder)/nginx.conf:\($0)") } ?? "\(name) \(missing)"
        self.init(generation: served.id, agrees: sides.areSame, lines: lines, text: text)
    }
}
