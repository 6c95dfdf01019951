import Incremental
package import NginxSyntax
import Searching

extension Configuration {
    /// The servers of some hosts and the first one, with the certificates that they use, and no upstreams; all that is of no
    /// server is as it was.
    package func part(of hosts: Set<HostPattern>) -> Configuration {
        var part = self
        let places = Set(hosts.compactMap(place) + servers.indices.prefix(1))
        part.servers = places.sorted().map { servers[$0] }
        part.upstreams = []
        let certificates = Set(part.servers.compactMap(\.certificate) + [fallbackCertificate])
        part.privateFiles = privateFiles.filter { $0.kind != .certificate || certificates.contains($0.file) }
        return part
    }

    /// The names of all upstreams that requests to its servers, or questions about them, may be passed to.
    package var upstreamsOfServers: Set<Identifier> {
        Set(servers.flatMap { $0.locations.flatMap(\.upstreams) })
    }

    private func place(of host: HostPattern) -> Int? {
        let place = servers.partitionPoint { $0.host < host }
        return place < servers.count && servers[place].host == host ? place : nil
    }

    /// Whether it differs from another in nothing but servers, and what they use.
    package func differsOnlyInServers(from other: Configuration) -> Bool {
        var rest = self
        (rest.servers, rest.upstreams, rest.privateFiles) = (other.servers, other.upstreams, other.privateFiles)
        return rest == other
    }
}

extension Location {
    /// The names of all upstreams that its requests, or questions about them, may be passed to.
    fileprivate var upstreams: [Identifier] {
        let backends = (backends + [policy.value.errorPages?.backend].compactMap(\.self)).compactMap { backend in
            if case .upstream(let name) = backend { name } else { nil }
        }
        var others: [Identifier] = []
        if case .upstream(let name) = policy.value.authentication?.service { others.append(name) }
        if case .upstream(let name) = policy.value.mirror?.receiver { others.append(name) }
        return backends + others
    }
}
