import Incremental
package import NginxSyntax

/// A configuration as a second nginx can prove it on the same machine, beside the one that serves.
///
/// It has the same servers and locations, but listens on Unix sockets, and an echo of its own answers in place of
/// every backend: no request leaves it.
package struct ShadowConfiguration: Sendable, Hashable {
    package let configuration: Configuration
    private let original: Configuration
    private let place: Place
    /// What stands for each name that is resolved while serving.
    private let externalNames: [Identifier]

    /// Where a shadow keeps its files, and the sockets that it listens on.
    package struct Place: Sendable, Hashable {
        package var process: ProcessSettings
        package var http: SocketAddress
        package var https: SocketAddress
        package var echo: SocketAddress

        package init(process: ProcessSettings, http: SocketAddress, https: SocketAddress, echo: SocketAddress) {
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
        shadow.echo = place.echo
        shadow.status = nil
        shadow.listeners = Listener.Scheme.allCases.filter { scheme in
            original.listeners.contains { $0.scheme == scheme }
        }.map { Listener($0, at: $0 == .http ? place.http : place.https) }
        let known = earlier?.place == place ? earlier : nil
        shadow.upstreams = Self.upstreams(of: original, at: place, knowing: known)
        externalNames = Self.externalNames(of: original, knowing: known)
        if !externalNames.isEmpty {
            shadow.upstreams += externalNames.map { Upstream(name: $0, servers: [place.echo]) }
            for server in shadow.servers.indices where shadow.servers[server].usesExternalName {
                for location in shadow.servers[server].locations.indices {
                    shadow.servers[server].locations[location].action.replaceExternalName()
                }
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
        // Behind those that stand for upstreams are those that stand for external names.
        var upstreams = known.map { Array($0.configuration.upstreams.dropLast($0.externalNames.count)) } ?? []
        let changed = original.upstreams[stretch.new].map { upstream in
            // As many as there were: a method of balancing has something to choose from.
            var shadow = upstream
            shadow.servers = Array(repeating: place.echo, count: upstream.servers.count)
            return shadow
        }
        upstreams.replaceSubrange(stretch.old, with: changed)
        return upstreams
    }

    private static func externalNames(
        of original: Configuration,
        knowing known: ShadowConfiguration?
    ) -> [Identifier] {
        if let known, known.externalNames.isEmpty {
            let stretch = DifferingStretch(from: known.original.servers, to: original.servers, by: ==)
            if !original.servers[stretch.new].contains(where: \.usesExternalName) { return [] }
        }
        return original.externalNames
    }
}

extension Backend {
    /// The upstream that stands for the backend in a shadow.
    ///
    /// A name that is resolved while serving would leave the shadow, so that it becomes an upstream there.
    package var shadowName: Identifier? {
        switch self {
        case .upstream(let name): name
        case .name(let host, let port): Identifier("external_\(host)_\(port)")
        }
    }
}

extension VirtualServer {
    fileprivate var usesExternalName: Bool {
        locations.contains { location in
            if case .proxy(.name, _) = location.action { true } else { false }
        }
    }
}

extension Location.Action {
    fileprivate mutating func replaceExternalName() {
        guard case .proxy(.name(let host, let port), let rewrite) = self else { return }
        // Nobody answers where nothing can stand for the name, which no valid host comes to.
        self = Backend.name(host, port).shadowName.map { .proxy(.upstream($0), rewrite: rewrite) } ?? .status(.notFound)
    }
}

extension Configuration {
    /// What stands for each name that is resolved while serving.
    fileprivate var externalNames: [Identifier] {
        var names: Set<Identifier> = []
        for location in servers.flatMap(\.locations) {
            guard case .proxy(.name(let host, let port), _) = location.action else { continue }
            if let name = Backend.name(host, port).shadowName { names.insert(name) }
        }
        return names.sorted()
    }
}
