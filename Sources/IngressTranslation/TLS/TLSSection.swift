import KubernetesModel
import ProxyConfiguration

/// The meaning of an Ingress's `spec.tls`, found once for all of its hosts.
struct TLSSection: Sendable {
    private let namespace: String
    let entries: [Ingress.TLS]
    /// The entries without hosts, the first of which is for hosts that nobody names.
    let open: [Int]
    /// The Secrets that the entries name, each once, in their order.
    let secrets: [NamespacedName]
    /// The first entry that names a Secret.
    private let naming: [String: Int]
    /// The first entry that lists a host, by the host in lower case.
    private let listing: [String: Int]

    init(of ingress: Ingress) {
        let (namespace, entries) = (ingress.metadata.namespace, ingress.tls)
        open = entries.indices.filter { entries[$0].hosts.isEmpty }
        let naming = Dictionary(
            entries.enumerated().compactMap { index, entry in entry.secretName.map { ($0, index) } },
            uniquingKeysWith: min
        )
        secrets = naming.sorted { $0.value < $1.value }.map { NamespacedName(namespace: namespace, name: $0.key) }
        listing = Dictionary(
            entries.enumerated().flatMap { index, entry in entry.hosts.map { ($0.lowercased(), index) } },
            uniquingKeysWith: min
        )
        (self.namespace, self.entries, self.naming) = (namespace, entries, naming)
    }

    /// The entry that decides for a host; for hosts that nobody names the first without hosts.
    func index(for host: HostPattern) -> Int? { host == .any ? open.first : listing[host.text] }

    /// Whether a host of the Ingress has TLS by it, be it with the default certificate.
    ///
    /// An entry that lists hosts says nothing of those that nobody names.
    func secures(_ host: HostPattern) -> Bool { host == .any ? !open.isEmpty : !entries.isEmpty }

    /// The Secret that an entry names.
    func secret(ofEntry index: Int) -> NamespacedName? {
        entries[index].secretName.map { NamespacedName(namespace: namespace, name: $0) }
    }

    /// The path of the field that names a Secret first.
    func field(naming secret: NamespacedName) -> String {
        naming[secret.name].map { "spec.tls[\($0)].secretName" } ?? "spec.tls"
    }
}
