import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `listener` in `server.tmpl` can name.
struct ListenerContext: TemplateContext {
    static let name = "Listener"

    var listener: Listener
    var usesHTTP2: Bool
    /// Whether HTTP/3 is spoken at the UDP port of the same number.
    var speaksHTTP3: Bool
    /// Whether HTTP takes connections of TCP there.
    var takesConnections = true
    /// Whether it is of the server that comes first, which takes requests for hosts that no other names.
    var isOfFirst = false
    /// Whether each worker has a socket of its own there; said where it is of the first server, and true for all.
    var hasSocketPerWorker = false

    init(_ listener: Listener, usesHTTP2: Bool, speaksHTTP3: Bool) {
        self.listener = listener
        self.usesHTTP2 = listener.scheme == .https && usesHTTP2
        self.speaksHTTP3 = listener.scheme == .https && speaksHTTP3
    }

    private var isOnNetwork: Bool { if case .unix = listener.address { false } else { true } }

    static let fields: [TemplateField<Self>] = [
        .argument("address") { $0.listener.address },
        .flag("readsProxyLine") { $0.listener.readsProxyLine },
        .flag("takesConnections") { $0.takesConnections },
        .flag("isDefault") { $0.isOfFirst },
        .flag("hasSocketPerWorker") { $0.hasSocketPerWorker && $0.isOnNetwork },
        .flag("isSecure") { $0.listener.scheme == .https },
        .flag("usesHTTP2") { $0.usesHTTP2 },
        .flag("speaksHTTP3") { $0.speaksHTTP3 },
    ]
}

/// The listeners of a server.
struct ServerListeners: Sendable, Hashable {
    var usual: [ListenerContext]
    /// Those of the same host for clients whom no proxy names, where these have a server of their own.
    var ofStrangers: [ListenerContext]

    init(of configuration: Configuration, usesHTTP2: Bool) {
        usual = ListenerContext.all(of: configuration, usesHTTP2: usesHTTP2)
        ofStrangers = ListenerContext.ofStrangers(configuration, usesHTTP2: usesHTTP2)
    }

    /// The same of the server that comes first.
    func ofFirst(hasSocketPerWorker: Bool) -> ServerListeners {
        var listeners = self
        for index in usual.indices { listeners.usual[index].begin(hasSocketPerWorker) }
        for index in ofStrangers.indices { listeners.ofStrangers[index].begin(hasSocketPerWorker) }
        return listeners
    }
}

extension ListenerContext {
    fileprivate mutating func begin(_ hasSocketPerWorker: Bool) {
        (isOfFirst, self.hasSocketPerWorker) = (true, hasSocketPerWorker)
    }

    /// Those of all servers.
    ///
    /// Where TLS is passed on for some hosts, connections for the others come by a socket with a line that names the client.
    fileprivate static func all(of configuration: Configuration, usesHTTP2: Bool) -> [ListenerContext] {
        let listeners = configuration.listeners.map {
            ListenerContext($0, usesHTTP2: usesHTTP2, speaksHTTP3: configuration.settings.http3 != nil)
        }
        guard let passthrough = configuration.streams?.passthrough else { return listeners }
        let own = passthrough.sockets.ofServers(configuration.settings.forwarding).map { handed(to: $0, usesHTTP2) }
        guard passthrough.takesConnections else { return listeners + own }
        let offers = listeners.filter(\.speaksHTTP3).map { listener in
            var listener = listener
            listener.takesConnections = false
            return listener
        }
        return listeners.filter { $0.listener.scheme == .http } + own + offers
    }

    fileprivate static func ofStrangers(_ configuration: Configuration, usesHTTP2: Bool) -> [ListenerContext] {
        guard let sockets = configuration.streams?.passthrough?.sockets,
            let forwarding = configuration.settings.forwarding, forwarding.separatesProxies,
            forwarding.namesHandedClientsByHeader
        else { return [] }
        return [handed(to: sockets.https, usesHTTP2)]
    }

    /// Where nginx hands connections over to itself.
    private static func handed(to socket: FilePath, _ usesHTTP2: Bool) -> ListenerContext {
        var listener = Listener(.https, at: .unix(socket))
        listener.readsProxyLine = true
        return ListenerContext(listener, usesHTTP2: usesHTTP2, speaksHTTP3: false)
    }
}

extension TLSPassthrough.Sockets {
    /// The sockets of servers that serve plain HTTP as well.
    fileprivate func ofServers(_ forwarding: Forwarding?) -> [FilePath] {
        guard let forwarding, forwarding.separatesProxies else { return [https] }
        return forwarding.namesHandedClientsByHeader ? [proxies] : [https, proxies]
    }
}
