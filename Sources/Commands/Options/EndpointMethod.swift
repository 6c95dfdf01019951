import ArgumentParser
package import NginxSyntax
import ProxyConfiguration

/// A value of `--endpoints`: the way in which nginx comes to know of the endpoints of Services.
enum EndpointMethod: String, ExpressibleByArgument, CaseIterable {
    /// By DNS where nginx is able to.
    case auto
    /// It asks Postern for them by DNS, again and again.
    case dns
    /// They stand in its configuration, so that each change takes a reload.
    case reload
}

extension TranslationOptions {
    /// The name server by which an nginx finds endpoints; `nil` where they stand in its configuration.
    package func endpointServer(for capabilities: NginxCapabilities) throws(CommandFailure) -> SocketAddress? {
        try endpointPort(for: capabilities).map { .internet(.loopback, $0) }
    }

    /// The port of that name server.
    ///
    /// - Parameter stays: Whether somebody is there to answer later on.
    func endpointPort(
        for capabilities: NginxCapabilities,
        staying stays: Bool = true
    ) throws(CommandFailure) -> PortNumber? {
        switch endpoints {
        case .reload: return nil
        case .auto where !stays: return nil
        case .dns where !stays:
            throw CommandFailure("--endpoints dns takes a Postern that goes on, and --once ends before nginx asks it")
        case .auto where !capabilities.resolvesServers: return nil
        case .dns where !capabilities.resolvesServers:
            throw CommandFailure(
                "--endpoints dns takes nginx 1.27.3 or newer with the module http_upstream_zone_module, and this is nginx "
                    + "\(capabilities.version)"
            )
        case .auto, .dns: return PortNumber(endpointsPort.number)
        }
    }
}
