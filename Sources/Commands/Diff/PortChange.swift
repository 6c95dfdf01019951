import Incremental
import NginxSyntax
import ProxyConfiguration

/// A port of TCP or UDP that a change of manifests opens, closes or leads elsewhere.
struct PortChange: Sendable, Hashable, Encodable {
    /// Such as `TCP port 5432`.
    let port: String
    /// The Service's port that served it, such as `shop/db:5432`; `nil` where none did.
    let before: String?
    let after: String?

    /// The changes, by transport and port.
    static func changes(from before: Configuration, to after: Configuration) -> [PortChange] {
        let (old, new) = (before.streams?.servers ?? [], after.streams?.servers ?? [])
        guard old != new else { return [] }
        return StreamServer.Transport.allCases.flatMap { transport in
            changes(from: byPort(old, transport), to: byPort(new, transport))
        }
    }

    private static func changes(
        from old: [UInt16: StreamServer],
        to new: [UInt16: StreamServer]
    ) -> [PortChange] {
        Set(old.keys).union(new.keys).sorted().compactMap { port -> PortChange? in
            let (before, after) = (old[port], new[port])
            guard before?.destination != after?.destination, let server = after ?? before else { return nil }
            return PortChange(port: server.portName, before: before?.destination, after: after?.destination)
        }
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

    /// `+ TCP port 5432  shop/db:5432`.
    var line: String {
        switch (before, after) {
        case (nil, let after?): "+ \(port)  \(after)"
        case (let before?, nil): "- \(port)  \(before)"
        case (let before?, let after?): "~ \(port)  \(before) -> \(after)"
        case (nil, nil): port
        }
    }
}

extension StreamServer {
    /// Who is served by whom, as a ConfigMap or a snippet says: `shop/db:5432:PROXY`, `shop/db:5432 (deny 192.0.2.1)`.
    fileprivate var destination: String {
        let rules = additions?.value.access ?? []
        let clients = rules.isEmpty ? "" : " (\(rules.map(\.text).joined(separator: ", ")))"
        let lines =
            switch (readsProxyLine, sendsProxyLine) {
            case (false, false): ""
            case (true, false): ":PROXY"
            case (false, true): "::PROXY"
            case (true, true): ":PROXY:PROXY"
            }
        return destinationText + lines + clients
    }
}
