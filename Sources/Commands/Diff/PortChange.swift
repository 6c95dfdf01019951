import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

/// A port of TCP or UDP that a change of manifests opens, closes, leads elsewhere or has another setting of.
struct PortChange: Sendable, Hashable {
    /// Such as `TCP port 5432`, or a name for all of them.
    let port: String
    /// The Service's port that served it, such as `shop/db:5432:PROXY`; `nil` where none did, and for all ports.
    let before: String?
    let after: String?
    /// What else differs of a port that is open before and after.
    var traits: [RouteTraitChange] = []
    /// What lets somebody come to more than before.
    var dangers: [RouteDanger] = []

    /// Whether it is about all ports at once.
    var isOfAll: Bool { before == nil && after == nil }

    /// The changes, that of all ports first, then by transport and port.
    static func changes(from before: Configuration, to after: Configuration) -> [PortChange] {
        guard before.streams != after.streams else { return [] }
        let old = before.streams ?? StreamServices([])
        let new = after.streams ?? StreamServices([])
        let ports = StreamServer.Transport.allCases.flatMap { transport in
            changes(
                from: byPort(old.servers, transport),
                to: byPort(new.servers, transport),
                old.settings,
                new.settings
            )
        }
        return [shared(old, new)].compactMap(\.self) + ports
    }

    private static func changes(
        from old: [UInt16: StreamServer],
        to new: [UInt16: StreamServer],
        _ oldSettings: StreamSettings,
        _ newSettings: StreamSettings
    ) -> [PortChange] {
        Set(old.keys).union(new.keys).sorted().compactMap { port -> PortChange? in
            let (before, after) = (old[port], new[port])
            guard let server = after ?? before else { return nil }
            var change = PortChange(port: server.portName, before: before?.destination, after: after?.destination)
            if let before, let after {
                change.traits = before.changes(to: after, oldSettings, newSettings)
                change.dangers = before.dangers(before: after)
            }
            guard change.before != change.after || !change.traits.isEmpty else { return nil }
            return change
        }
    }

    /// What changes for all ports; `nil` where nothing does, or there were or are none.
    private static func shared(_ old: StreamServices, _ new: StreamServices) -> PortChange? {
        guard !old.servers.isEmpty, !new.servers.isEmpty else { return nil }
        let traits = old.settings.changes(to: new.settings)
        return traits.isEmpty
            ? nil : PortChange(port: "all ports of TCP and UDP", before: nil, after: nil, traits: traits)
    }

    private static func byPort(
        _ servers: [StreamServer],
        _ transport: StreamServer.Transport
    ) -> [UInt16: StreamServer] {
        Dictionary(
            servers.filter { $0.transport == transport }.map { ($0.port.value, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// `+`, `-`, `~`, or `!` for a danger.
    var sign: String {
        guard dangers.isEmpty else { return "!" }
        guard !isOfAll else { return "~" }
        return before == nil ? "+" : after == nil ? "-" : "~"
    }

    /// `+ TCP port 5432  shop/db:5432`.
    var line: String {
        var parts = ["\(sign) \(port)"]
        if !dangers.isEmpty { parts.append(dangers.map(\.text).joined(separator: ", ")) }
        switch (before, after) {
        case (let before?, let after?): parts.append(before == after ? after : "\(before) -> \(after)")
        case (let one?, nil), (nil, let one?): parts.append(one)
        case (nil, nil): break
        }
        return parts.joined(separator: "  ")
    }

    /// The line, and one for each trait below it, in characters that print.
    var lines: [String] {
        ([line] + traits.map { "    \($0.text)" }).map { PrintableText($0, limit: 2_000).text }
    }
}
