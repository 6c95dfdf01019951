import IngressTranslation
import NginxSyntax
import ProxyConfiguration

/// The hosts whose TLS was passed on until a moment ago.
///
/// The workers of then take connections until new ones do, and hand them over when a client has said which host it asks for.
/// Where the sockets went at once for that, or nobody knew the host behind them any more, these connections would be lost.
struct RetiringPassthrough: Sendable {
    private var hosts: [HostPattern: (host: PassedHost, since: ContinuousClock.Instant)] = [:]
    /// The last configuration that passed TLS on, where none does any more.
    private var last: (streams: StreamServices, since: ContinuousClock.Instant)?

    /// How long a client may take to say which host it asks for, and more.
    static let patience: Duration = .seconds(60)

    /// Takes note of what becomes of the hosts that are passed on.
    mutating func note(
        from served: Configuration?,
        to next: Configuration,
        at now: ContinuousClock.Instant
    ) {
        let passed = Set((next.streams?.passthrough?.hosts ?? []).map(\.host))
        if let streams = served?.streams, let old = streams.passthrough {
            for host in old.hosts where host.target != nil && !passed.contains(host.host) {
                hosts[host.host] = (host, now)
            }
            if old.takesConnections { last = (streams, now) }
        }
        hosts = hosts.filter { !passed.contains($0.key) && now - $0.value.since < Self.patience }
        if !passed.isEmpty || last.map({ now - $0.since >= Self.patience }) ?? true { last = nil }
    }

    /// The translation with what connections need that workers take last.
    func applied(to translation: Translation) -> Translation {
        guard !hosts.isEmpty || last != nil else { return translation }
        var translation = translation
        var streams: StreamServices
        if let own = translation.configuration.streams {
            streams = own
            if let last, streams.settings.resolvers.isEmpty {
                streams.settings.resolvers = last.streams.settings.resolvers
            }
        } else if let last {
            streams = StreamServices([], last.streams.settings)
        } else {
            return translation
        }
        guard let sockets = (streams.passthrough ?? last?.streams.passthrough)?.sockets else { return translation }
        var passthrough = streams.passthrough ?? TLSPassthrough([], at: sockets)
        passthrough.retired = hosts.values.map(\.host).sorted { $0.host < $1.host }
        streams.passthrough = passthrough
        translation.configuration.streams = streams
        translation.configuration.settings.forwarding = .handedOver(translation.configuration.settings.forwarding)
        return translation
    }
}
