package import NginxSyntax

/// A configuration as a second nginx can prove it on the same machine, beside the one that serves.
///
/// It has the same servers and locations, but listens on Unix sockets, and an echo of its own answers in place of
/// every backend: no request leaves it.
package struct ShadowConfiguration: Sendable, Hashable {
    package let configuration: Configuration

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

    package init(of original: Configuration, at place: Place) {
        var shadow = original
        shadow.process = place.process
        shadow.echo = place.echo
        shadow.status = nil
        shadow.listeners = Listener.Scheme.allCases.filter { scheme in
            original.listeners.contains { $0.scheme == scheme }
        }.map { Listener($0, at: $0 == .http ? place.http : place.https) }
        for index in shadow.upstreams.indices {
            // As many as there were: a method of balancing has something to choose from.
            shadow.upstreams[index].servers = shadow.upstreams[index].servers.map { _ in place.echo }
        }
        shadow.upstreams += original.externalNames.map { Upstream(name: $0, servers: [place.echo]) }
        for server in shadow.servers.indices {
            for location in shadow.servers[server].locations.indices {
                shadow.servers[server].locations[location].action.replaceExternalName()
            }
        }
        configuration = shadow
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
