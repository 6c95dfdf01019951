import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// One host, with the Ingresses that ask for it and what they come to together.
struct HostAssembly {
    let host: HostPattern
    /// The oldest first.
    private(set) var claims: [IngressRoutes] = []
    /// Those to be added and to be removed.
    private var coming: [IngressRoutes] = []
    private var going: Set<ObjectIdentifier> = []
    private(set) var tls: HostTLS?
    /// That of the host itself, or of the wildcard above it.
    private(set) var effectiveTLS: HostTLS?
    /// The hosts that it brings in beside itself.
    private(set) var offers: [HostOffer] = []
    private(set) var server: VirtualServer?
    /// Who gets its connections of TLS; `nil` where nginx ends TLS itself.
    private(set) var passthrough: ByReference<PassthroughDraft>?
    private(set) var diagnostics: [Diagnostic] = []
    /// The upstreams of the server, each once.
    private(set) var upstreams: Set<UpstreamKey> = []
    private(set) var needsResolver = false
    /// The private files beside its certificate.
    private var otherFiles: Set<PrivateFile> = []

    var uses: HostUses {
        HostUses(
            upstreams: upstreams,
            needsResolver: needsResolver,
            certificate: tls?.certificate,
            otherFiles: otherFiles,
            diagnostics: diagnostics
        )
    }

    init(_ host: HostPattern) {
        self.host = host
    }

    /// Whether nobody asks for the host; the server of unknown hosts is there all the same.
    var isAbandoned: Bool { claims.count + coming.count == going.count && host != .any }

    mutating func add(_ claim: IngressRoutes) { coming.append(claim) }

    mutating func remove(_ claim: IngressRoutes) { going.insert(ObjectIdentifier(claim)) }

    /// Brings the claims in order, all that have come at once: a host may have very many.
    private mutating func settle() {
        guard !coming.isEmpty || !going.isEmpty else { return }
        claims = (claims + coming).filter { !going.contains(ObjectIdentifier($0)) }.sorted { $0.wins(over: $1) }
        coming = []
        going = []
    }

    /// Decides anew about all that the claims ask for.
    ///
    /// - Parameter inherited: The certificate of a wildcard above, for a host that has none.
    mutating func assemble(
        _ certificates: inout CertificateStore,
        inheriting inherited: HostTLS?,
        unmatched: ResolvedBackend,
        _ support: PassthroughSupport
    ) {
        settle()
        diagnostics = []
        let first = claims.first { $0.owner != nil }?.owner
        var draft = ServerDraft(host: host, first: first)
        for claim in claims { draft.add(claim, &diagnostics) }
        draft.applyGuards(&diagnostics)
        draft.merge(claims, &diagnostics)
        passthrough = draft.passthrough(support, &diagnostics).map { ByReference($0) }
        chooseTLS(&certificates)
        effectiveTLS = tls ?? inherited
        offers = draft.offers(&diagnostics)
        diagnostics += draft.stricterPaths()
        diagnostics = diagnostics.boundedByObject()
        // Canaries alone make no server.
        guard first != nil || host == .any else { return serveNothing() }
        var server = draft.server(effectiveTLS, unmatched: unmatched.action())
        if passthrough != nil { server.policy.passesTLS = true }
        upstreams = Set(draft.upstreams(unmatched: unmatched))
        needsResolver = server.locations.contains(where: \.resolvesNames)
        otherFiles = Set(claims.compactMap(\.owner).flatMap(\.files))
        self.server = server
    }

    private mutating func serveNothing() {
        server = nil
        passthrough = nil
        offers = []
        otherFiles = []
        upstreams = []
        needsResolver = false
    }

    private mutating func chooseTLS(_ certificates: inout CertificateStore) {
        tls = nil
        for claim in claims where claim.owner != nil && claim.tls.secures(host) {
            if let winner = tls {
                diagnostics += claim.secretTaken(for: host, by: winner)
            } else {
                tls = certificates.tls(for: host, of: claim, &diagnostics)
            }
        }
    }
}
