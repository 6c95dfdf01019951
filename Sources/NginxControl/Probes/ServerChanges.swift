import Incremental
import ProxyConfiguration

/// Where a configuration differs from one that serves, as far as requests can tell.
struct ServerChanges {
    /// The servers that the other does not have, or with another certificate, and those that it has alone.
    let servers: [VirtualServer]
    /// Whether a host that nobody knows may be presented another certificate than before.
    let reachUnknownHosts: Bool

    /// Without another configuration everything is new.
    init(of configuration: Configuration, since other: Configuration?) {
        guard let other else {
            servers = configuration.servers
            reachUnknownHosts = true
            return
        }
        let renewed = Self.renewedFiles(of: configuration, since: other)
        let stretch = DifferingStretch(from: other.servers, to: configuration.servers, by: ==)
        let (before, now) = (other.servers[stretch.old], configuration.servers[stretch.new])
        let known = Dictionary(before.map { ($0.host, $0) }, uniquingKeysWith: { first, _ in first })
        let hosts = Set(now.map(\.host))
        var changed = now.filter { known[$0.host] != $0 }
        if !renewed.isEmpty {
            let changedHosts = Set(changed.map(\.host))
            changed += configuration.servers.filter { server in
                server.certificate.map(renewed.contains) ?? false && !changedHosts.contains(server.host)
            }
        }
        servers = changed + before.filter { !hosts.contains($0.host) }
        let file = configuration.certificateOfUnknownHosts
        reachUnknownHosts = file != other.certificateOfUnknownHosts || renewed.contains(file)
    }

    private static func renewedFiles(
        of configuration: Configuration,
        since other: Configuration
    ) -> Set<PrivateFile.Name> {
        let stretch = DifferingStretch(from: other.privateFiles, to: configuration.privateFiles, by: ==)
        let before = Dictionary(
            other.privateFiles[stretch.old].map { ($0.file, $0.content) },
            uniquingKeysWith: { first, _ in first }
        )
        return Set(configuration.privateFiles[stretch.new].filter { before[$0.file] != $0.content }.map(\.file))
    }
}

extension Configuration {
    /// The certificate in a handshake that names a host which no server is for.
    fileprivate var certificateOfUnknownHosts: PrivateFile.Name {
        servers.first?.certificate ?? fallbackCertificate
    }
}
