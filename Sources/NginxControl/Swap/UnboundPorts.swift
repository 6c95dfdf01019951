import Diagnostics
import IngressTranslation
import NginxSyntax
import ProxyConfiguration

/// The ports of TCP and UDP that nginx cannot have because another process does: they are left out for a while, so that
/// all else goes live.
struct UnboundPorts: Sendable, Hashable {
    /// The addresses in nginx's words, and since when each is left out.
    private var addresses: [String: ContinuousClock.Instant] = [:]

    /// How long until nginx is made to try again: each attempt holds its reload up for seconds.
    private static let patience: Duration = .seconds(60)

    /// Forgets the addresses for which it is time to try again.
    mutating func review(at now: ContinuousClock.Instant) {
        guard !addresses.isEmpty else { return }
        addresses = addresses.filter { now - $0.value < Self.patience }
    }

    /// Notes the addresses that nginx could not have; returns whether there is a port of TCP or UDP among them that was
    /// not left out before.
    mutating func note(
        _ refusal: NginxRefusal,
        of configuration: Configuration,
        at now: ContinuousClock.Instant
    ) -> Bool {
        let ports = Set((configuration.streams?.servers ?? []).flatMap(\.addresses).map(\.boundText))
        let new = refusal.unbound.filter { ports.contains($0) && addresses[$0] == nil }
        for address in new { addresses[address] = now }
        return !new.isEmpty
    }

    /// The translation without the ports.
    func applied(to translation: Translation) -> Translation {
        guard !addresses.isEmpty, let streams = translation.configuration.streams else { return translation }
        var rest = streams
        rest.servers.removeAll(where: isUnbound)
        guard rest.servers.count < streams.servers.count else { return translation }
        var translation = translation
        translation.configuration.streams = rest.servers.isEmpty && rest.passthrough == nil ? nil : rest
        return translation
    }

    /// The findings about ports that a translation has and that are left out.
    func findings(of translation: Translation) -> [Diagnostic] {
        guard !addresses.isEmpty else { return [] }
        return (translation.configuration.streams?.servers ?? []).filter(isUnbound).map { server in
            Diagnostic(
                .error,
                code: "stream-port-in-use",
                "nginx cannot have \(server.portName), which another process has or which it may not listen on; the port is "
                    + "closed",
                object: server.origin,
                field: server.field,
                hint: "it is tried again with the next change, but not within a minute"
            )
        }
    }

    private func isUnbound(_ server: StreamServer) -> Bool {
        server.addresses.contains { addresses[$0.boundText] != nil }
    }
}

extension SocketAddress {
    /// The address in nginx's messages.
    fileprivate var boundText: String { if case .port(let port) = self { "0.0.0.0:\(port)" } else { description } }
}
