import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// One host, with the Ingresses that ask for it and what they come to together.
struct HostAssembly {
    let host: HostPattern
    /// The oldest first.
    private(set) var claims: [IngressRoutes] = []
    private(set) var tls: HostTLS?
    private(set) var server: VirtualServer?
    private(set) var diagnostics: [Diagnostic] = []
    /// What the server passes requests to, each once.
    private(set) var upstreams: Set<UpstreamKey> = []
    private(set) var needsResolver = false

    init(_ host: HostPattern) {
        self.host = host
    }

    /// Whether nobody asks for the host; the server of unknown hosts is there all the same.
    var isAbandoned: Bool { claims.isEmpty && host != .any }

    mutating func add(_ claim: IngressRoutes) {
        var (low, high) = (0, claims.count)
        while low < high {
            let middle = (low + high) / 2
            if claim.wins(over: claims[middle]) { high = middle } else { low = middle + 1 }
        }
        claims.insert(claim, at: low)
    }

    mutating func remove(_ claim: IngressRoutes) {
        claims.removeAll { $0 === claim }
    }

    /// Whether the certificate may be taken from one of some Secrets.
    func names(anyOf secrets: Set<NamespacedName>) -> Bool {
        claims.contains { claim in
            claim.ingress.tls.contains { entry in
                entry.secretName.map { name in
                    secrets.contains(NamespacedName(namespace: claim.ingress.metadata.namespace, name: name))
                } ?? false
            }
        }
    }

    /// Decides anew about all that the claims ask for.
    ///
    /// - Parameter inherited: The certificate of a wildcard above, for a host that has none.
    mutating func assemble(
        _ certificates: inout CertificateStore,
        inheriting inherited: HostTLS?,
        unmatched: ResolvedBackend
    ) {
        diagnostics = []
        var draft = ServerDraft(host: host, first: host == .any ? nil : claims.first?.owner)
        for claim in claims { draft.add(claim, &diagnostics) }
        draft.applyGuards(&diagnostics)
        chooseTLS(&certificates)
        diagnostics += draft.stricterPaths()
        let server = draft.server(tls ?? inherited, unmatched: unmatched.action())
        upstreams = Set(draft.upstreams(unmatched: unmatched))
        needsResolver = server.locations.contains { location in
            if case .proxy(.name, _) = location.action { true } else { false }
        }
        self.server = server
    }

    private mutating func chooseTLS(_ certificates: inout CertificateStore) {
        tls = nil
        guard host != .any else { return }
        for claim in claims where !claim.ingress.tls.isEmpty {
            if let winner = tls {
                diagnostics += claim.ingress.secretTaken(for: host, by: winner)
            } else {
                tls = certificates.tls(for: host, of: claim.ingress, &diagnostics)
            }
        }
    }
}
