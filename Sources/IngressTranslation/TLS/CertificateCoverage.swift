import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Which of an Ingress's certificates are for which hosts, found once for all of its hosts.
struct CertificateCoverage {
    /// The first Secret whose certificate is for a host or for a wildcard, and its place.
    private var secrets: [String: (place: Int, name: NamespacedName)] = [:]
    private var count = 0
    /// Why the first Secret that cannot serve does not.
    private(set) var firstError: (secret: NamespacedName, error: SecretError)?

    /// Adds a Secret behind those that were added before.
    mutating func add(_ secret: NamespacedName, for hosts: [String]) {
        for host in hosts where secrets[host] == nil { secrets[host] = (count, secret) }
        count += 1
    }

    mutating func add(_ error: SecretError, of secret: NamespacedName) {
        if firstError == nil { firstError = (secret, error) }
    }

    /// The first Secret whose certificate is for a host, by its name or by a wildcard above it.
    func first(covering host: HostPattern) -> NamespacedName? {
        var names = [host.text]
        if case .name(let name) = host, let parent = name.parent { names.append("*.\(parent.value)") }
        return names.compactMap { secrets[$0] }.min { $0.place < $1.place }?.name
    }
}
