import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Reads the ConfigMaps of TCP and UDP services, and finds who serves their ports.
struct StreamReading {
    private let settings: TranslationSettings
    private let selection: ClassSelection
    private let configMaps: ConfigMapTable
    private let backends: BackendTable
    private(set) var diagnostics: [Diagnostic] = []

    init(
        _ settings: TranslationSettings,
        _ selection: ClassSelection,
        _ configMaps: ConfigMapTable,
        _ backends: BackendTable
    ) {
        (self.settings, self.selection, self.configMaps, self.backends) = (settings, selection, configMaps, backends)
    }

    /// The services; `nil` where none is served.
    mutating func services() -> StreamServices? {
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
        guard !servers.isEmpty else { return nil }
        var streams = selection.streamSettings
        if servers.contains(where: { $0.target.servers.isEmpty }) { streams.resolvers = settings.resolvers }
        return StreamServices(servers, streams)
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
                guard isFree(entry.port, over: transport) else {
                    diagnostics.append(map.reserved(entry.port, at: key))
                    continue
                }
                if entry.asksForNoEffect { diagnostics.append(map.proxyLineIgnored(at: key)) }
                if let server = server(of: entry, over: transport, in: map, at: key) { servers.append(server) }
            } catch {
                diagnostics.append(map.unreadable(error, at: key))
            }
        }
        return servers.sorted { $0.port < $1.port }
    }

    private mutating func server(
        of entry: StreamEntry,
        over transport: StreamServer.Transport,
        in map: ConfigMap,
        at key: String
    ) -> StreamServer? {
        let resolution = backends.resolve(entry.reference, over: transport)
        if let fault = resolution.fault {
            let isServed = resolution.target != nil
            diagnostics.append(map.finding(fault, with: entry, over: transport, isServed: isServed, at: key))
        }
        let service = entry.service
        let name = "\(transport.rawValue)_\(service.namespace)_\(service.name)_\(resolution.portText)"
        guard let target = resolution.target, let name = Identifier(name) else { return nil }
        return StreamServer(
            transport,
            port: entry.port,
            addresses: selection.addresses(of: entry.port, beside: settings.listeners),
            origin: map.reference,
            service: name,
            target: target,
            readsProxyLine: entry.readsProxyLine,
            sendsProxyLine: entry.sendsProxyLine
        )
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
