import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Reads the ConfigMaps of TCP and UDP services and the snippets for `stream`, and finds who serves their ports.
struct StreamReading {
    let settings: TranslationSettings
    private let selection: ClassSelection
    private let configMaps: ConfigMapTable
    let backends: BackendTable
    /// The snippets of Ingresses, the oldest first.
    private let snippets: [StreamSnippetSource]
    /// What snippets say of all ports.
    private let defaults: StreamRules
    /// Who has asked for a port first.
    private var claims: [StreamPort: StreamPlace] = [:]
    var diagnostics: [Diagnostic] = []

    init(
        _ settings: TranslationSettings,
        _ selection: ClassSelection,
        _ configMaps: ConfigMapTable,
        _ backends: BackendTable,
        snippets: [StreamSnippetSource]
    ) {
        (self.settings, self.selection, self.configMaps, self.backends) = (settings, selection, configMaps, backends)
        self.snippets = snippets
        defaults = selection.streamSnippet?.snippet.defaults ?? StreamRules()
    }

    /// The services; `nil` where none is served.
    mutating func services() -> StreamServices? {
        guard !selection.closesStreams else { return nil }
        let maps: [(StreamServer.Transport, NamespacedName?)] = [
            (.tcp, settings.tcpServices), (.udp, settings.udpServices),
        ]
        var servers: [StreamServer] = []
        for case (let transport, let name?) in maps {
            guard let map = configMap(name, of: transport) else { continue }
            guard settings.capabilities?.servesStreams ?? true else {
                if !map.data.isEmpty { diagnostics.append(.streamModuleMissing(map, settings.capabilities)) }
                continue
            }
            servers += self.servers(of: map, over: transport)
        }
        for source in (selection.streamSnippet.map { [$0] } ?? []) + snippets where !source.snippet.servers.isEmpty {
            guard settings.capabilities?.servesStreams ?? true else {
                diagnostics.append(.streamModuleMissing(source.place.object, settings.capabilities))
                continue
            }
            servers += self.servers(of: source)
        }
        guard !servers.isEmpty else { return nil }
        var streams = selection.streamSettings
        streams.meter = settings.portMeter
        if servers.contains(where: { $0.target.servers.isEmpty }) { streams.resolvers = settings.resolvers }
        return StreamServices(servers.sorted { $0.isBefore($1) }, streams)
    }

    private mutating func configMap(_ name: NamespacedName, of transport: StreamServer.Transport) -> ConfigMap? {
        do throws(ObjectAbsence) {
            return try configMaps.configMap(name)
        } catch {
            diagnostics.append(.configMapAbsent(error, name, transport))
            return nil
        }
    }

    private mutating func servers(of map: ConfigMap, over transport: StreamServer.Transport) -> [StreamServer] {
        var servers: [StreamServer] = []
        for (key, value) in map.data {
            do throws(ValueError) {
                let entry = try StreamEntry(key, value, over: transport)
                let place = StreamPlace(object: map, field: "data[\(key)]")
                guard claim(StreamPort(transport: transport, number: entry.port), for: place) else { continue }
                if entry.asksForNoEffect { diagnostics.append(map.proxyLineIgnored(at: key)) }
                if let server = server(of: entry, over: transport, at: place) { servers.append(server) }
            } catch {
                diagnostics.append(map.unreadable(error, at: key))
            }
        }
        return servers
    }

    private mutating func server(
        of entry: StreamEntry,
        over transport: StreamServer.Transport,
        at place: StreamPlace
    ) -> StreamServer? {
        let resolution = backends.resolve(entry.reference, over: transport)
        if let fault = resolution.fault {
            let port = StreamPort(transport: transport, number: entry.port)
            let isServed = resolution.target != nil
            diagnostics.append(place.finding(fault, with: entry.reference, at: port, isServed: isServed))
        }
        let service = entry.service
        let name = "\(transport.rawValue)_\(service.namespace)_\(service.name)_\(resolution.portText)"
        guard let target = resolution.target, let name = Identifier(name) else { return nil }
        return StreamServer(
            transport,
            port: entry.port,
            addresses: addresses(of: entry.port),
            origin: place.object.reference,
            service: name,
            target: target,
            readsProxyLine: entry.readsProxyLine,
            sendsProxyLine: entry.sendsProxyLine,
            additions: defaults == StreamRules() ? nil : additions(StreamRules())
        )
    }

    /// What snippets say of a port, by the rules of its own and those for all ports.
    func additions(_ rules: StreamRules) -> StreamAdditions {
        let rules = defaults.overridden(by: rules)
        var additions = StreamAdditions()
        (additions.settings, additions.access, additions.isLogged) = (rules.settings, rules.access, rules.isLogged)
        return additions
    }

    /// Where nginx listens for a port.
    func addresses(of port: PortNumber) -> [SocketAddress] {
        selection.addresses(of: port, beside: settings.listeners)
    }

    /// Notes who has a port; returns `false` where it is not to be had.
    mutating func claim(_ port: StreamPort, for place: StreamPlace) -> Bool {
        guard isFree(port.number, over: port.transport) else {
            diagnostics.append(place.reserved(port.number))
            return false
        }
        if let other = claims[port] {
            diagnostics.append(place.taken(port, by: other))
            return false
        }
        claims[port] = place
        return true
    }

    /// Whether neither nginx's HTTP part nor the controller has a port.
    private func isFree(_ port: PortNumber, over transport: StreamServer.Transport) -> Bool {
        switch transport {
        case .tcp:
            let listeners = settings.listeners.compactMap(\.address.port)
            return !listeners.contains(port) && !settings.reservedPorts.contains(port)
                && !Self.portsOfIngressNginx.contains(port.value)
        case .udp: return settings.http3 == nil || port != settings.httpsPort
        }
    }

    /// The ports at which parts of ingress-nginx listen, which it serves no Service at.
    private static let portsOfIngressNginx: Set<UInt16> = [442, 8_181, 10_245, 10_246, 10_247, 10_254]
}

extension StreamServer {
    /// The order in the configuration: TCP before UDP, then by port.
    fileprivate func isBefore(_ other: StreamServer) -> Bool {
        transport == other.transport ? port < other.port : transport == .tcp
    }
}

extension ClassSelection {
    /// Where nginx listens for a port: at the addresses at which it does for HTTP.
    fileprivate func addresses(of port: PortNumber, beside options: [Listener]) -> [SocketAddress] {
        let first = options.first?.scheme
        let own = options.filter { $0.scheme == first }.compactMap { listener in
            listener.address.with(port).map { Listener(listener.scheme, at: $0) }
        }
        return listeners(beside: own).map(\.address)
    }
}

extension SocketAddress {
    /// The port; `nil` for a Unix socket.
    fileprivate var port: PortNumber? {
        switch self {
        case .internet(_, let port), .port(let port), .anyIPv6(let port): port
        case .unix: nil
        }
    }

    fileprivate func with(_ port: PortNumber) -> SocketAddress? {
        switch self {
        case .internet(let address, _): .internet(address, port)
        case .port: .port(port)
        case .anyIPv6: .anyIPv6(port)
        case .unix: nil
        }
    }
}
