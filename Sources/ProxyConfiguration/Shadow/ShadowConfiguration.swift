import Incremental
package import NginxSyntax

/// A configuration as a second nginx can prove it on the same machine, beside the one that serves.
///
/// It has the same servers and locations, but listens on Unix sockets, and an echo of its own answers in place of
/// every backend: no request leaves it. What could keep a probe from its backend is replaced, each feature by its form.
package struct ShadowConfiguration: Sendable, Hashable {
    package let configuration: Configuration
    private let original: Configuration
    private let place: Place
    /// The echoes in place of names that are resolved while serving.
    private let externalNames: [StandIn]

    /// Where a shadow keeps its files, and the sockets that it listens on.
    package struct Place: Sendable, Hashable {
        package var process: ProcessSettings
        package var http: SocketAddress
        package var https: SocketAddress
        package var echo: EchoPlaces

        package init(process: ProcessSettings, http: SocketAddress, https: SocketAddress, echo: EchoPlaces) {
            self.process = process
            self.http = http
            self.https = https
            self.echo = echo
        }
    }

    /// - Parameter earlier: The shadow of a similar configuration, with which this one shares what is the same.
    package init(of original: Configuration, at place: Place, after earlier: ShadowConfiguration? = nil) {
        self.original = original
        self.place = place
        var shadow = original
        shadow.process = place.process
        // One worker is enough for probes; how many files it may have open it needs to know all the same.
        shadow.process.directives = original.process.directives.without(["worker_cpu_affinity", "worker_processes"])
        shadow.process.events = original.process.events
        shadow.settings.log.isOn = false
        shadow.echo = place.echo
        shadow.status = nil
        shadow.endpoints = nil
        shadow.streams = original.streams?.shadowForm
        shadow.settings.blocked = nil
        // Probes of unknown hosts come by HTTPS as well.
        shadow.settings.tls.refusesUnknownHosts = false
        // nginx asks for the addresses of responders while it reads its configuration.
        shadow.settings.tls.staples = false
        shadow.settings.hasSocketPerWorker = false
        // Nothing that is proven is traced.
        if original.settings.tracing != nil {
            shadow.settings.directives = original.settings.directives.without(["otel_trace"])
        }
        // No UDP comes by Unix sockets.
        shadow.settings.http3 = nil
        shadow.listeners = Listener.Scheme.allCases.filter { scheme in
            original.listeners.contains { $0.scheme == scheme }
        }.map { Listener($0, at: $0 == .http ? place.http : place.https) }
        let known = earlier?.place == place ? earlier : nil
        shadow.upstreams = Self.upstreams(of: original, at: place, knowing: known)
        shadow.servers = Self.servers(of: original, knowing: known)
        externalNames = Self.externalNames(of: original, knowing: known)
        if !externalNames.isEmpty {
            shadow.upstreams += externalNames.map { name in
                let policy = UpstreamPolicy(transport: name.transport.shadowForm)
                return Upstream(name: name.name, policy: policy, servers: [place.echo.place(for: name.transport)])
            }
        }
        configuration = shadow
    }

    private static func upstreams(
        of original: Configuration,
        at place: Place,
        knowing known: ShadowConfiguration?
    ) -> [Upstream] {
        let stretch = DifferingStretch(from: known?.original.upstreams ?? [], to: original.upstreams, by: ==)
        var upstreams = known?.configuration.upstreams ?? []
        // Behind those that stand for upstreams are those that stand for external names.
        if let known, !known.externalNames.isEmpty { upstreams.removeLast(known.externalNames.count) }
        // To replace nothing by nothing copies a list that others hold as well.
        guard !stretch.isEmpty else { return upstreams }
        let changed = original.upstreams[stretch.new].map { upstream in
            // As many as there were: a method of balancing has something to choose from.
            var shadow = upstream
            let echo = place.echo.place(for: upstream.policy.transport)
            shadow.servers = Array(repeating: echo, count: max(1, upstream.servers.count))
            // Whoever has them is nothing to a shadow, which asks nobody.
            shadow.names = []
            shadow.policy.transport = upstream.policy.transport.shadowForm
            return shadow
        }
        upstreams.replaceSubrange(stretch.old, with: changed)
        return upstreams
    }

    private static func servers(of original: Configuration, knowing known: ShadowConfiguration?) -> [VirtualServer] {
        let stretch = DifferingStretch(from: known?.original.servers ?? [], to: original.servers, by: ==)
        let changed = original.servers[stretch.new]
        // Where no server has a form of its own, the list is the same one in memory.
        let wasSame = known.map { $0.configuration.servers.sharesStorage(with: $0.original.servers) } ?? true
        if wasSame, !changed.contains(where: \.hasShadowForm) { return original.servers }
        var servers = known?.configuration.servers ?? []
        if !stretch.isEmpty { servers.replaceSubrange(stretch.old, with: changed.map(\.shadowForm)) }
        return servers
    }

    private static func externalNames(
        of original: Configuration,
        knowing known: ShadowConfiguration?
    ) -> [StandIn] {
        if let known, known.externalNames.isEmpty {
            let stretch = DifferingStretch(from: known.original.servers, to: original.servers, by: ==)
            if original.servers[stretch.new].allSatisfy({ $0.externalNames.isEmpty }) { return [] }
        }
        return Set(original.servers.flatMap(\.externalNames)).sorted { $0.name < $1.name }
    }
}

/// The upstream that stands for a name that is resolved while serving.
private struct StandIn: Sendable, Hashable {
    var name: Identifier
    var transport = BackendTransport.plain

    init(name: Identifier) { self.name = name }

    /// Two transports of one protocol share it: what tells them apart is nothing to the echo.
    ///
    /// Returns `nil` for a backend that is no name.
    init?(_ backend: Backend, speaking spoken: BackendProtocol) {
        guard case .name = backend, let name = backend.shadowName(speaking: spoken) else { return nil }
        (self.name, transport) = (name, BackendTransport(spoken))
    }
}

extension VirtualServer {
    /// Whether something of it is another in a shadow.
    fileprivate var hasShadowForm: Bool {
        policy.clients?.certificates != nil || self.locations.contains(where: \.hasShadowForm)
    }

    /// The server as a shadow has it; itself where nothing has to be replaced, as is so for nearly all.
    fileprivate var shadowForm: VirtualServer {
        guard hasShadowForm else { return self }
        var shadow = self
        if let certificates = policy.clients?.certificates { shadow.policy.clients = certificates.shadowForm(of: host) }
        shadow.locations = self.locations.map { $0.hasShadowForm ? $0.shadowForm : $0 }
        return shadow
    }

    /// The echoes in place of names that are resolved while serving.
    fileprivate var externalNames: [StandIn] {
        self.locations.flatMap(\.externalNames)
            + self.locations.compactMap { $0.policy.value.authentication?.service.standIn.map { StandIn(name: $0) } }
    }
}

extension Location {
    fileprivate var externalNames: [StandIn] {
        let pages = policy.value.errorPages.flatMap { StandIn($0.backend, speaking: .http) }
        guard case .proxy(let proxying) = action else { return [pages].compactMap(\.self) }
        let spoken = proxying.transport.speaks
        return (proxying.backends.all.map { StandIn($0, speaking: spoken) } + [pages]).compactMap(\.self)
    }

    /// Whether something of it is another in a shadow.
    fileprivate var hasShadowForm: Bool { action.hasShadowForm || policy.value.hasShadowForm }

    fileprivate var shadowForm: Location {
        var shadow = self
        shadow.action = action.shadowForm
        if policy.value.hasShadowForm { shadow.policy = ByReference(policy.value.shadowForm) }
        // What stands for a name has no cookies that name servers.
        if policy.value.session != nil, backends.contains(where: { if case .name = $0 { true } else { false } }) {
            shadow.policy.session = nil
        }
        return shadow
    }
}
