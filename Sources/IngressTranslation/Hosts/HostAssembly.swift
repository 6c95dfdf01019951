import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Searching

/// One host, with the Ingresses that ask for it and what they come to together.
struct HostAssembly {
    let host: HostPattern
    /// The oldest first.
    private(set) var claims: [IngressRoutes] = []
    /// How many of them ask for TLS.
    private var secureClaims = 0
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
    /// How these have changed with the latest decision, where no more than paths of some Ingresses was exchanged.
    private(set) var upstreamChange: UpstreamChange?
    private(set) var needsResolver = false
    /// The private files beside its certificate.
    private var otherFiles: Set<PrivateFile> = []
    /// How Ingresses can be exchanged alone; `nil` where they cannot.
    private(set) var exchange: ByReference<PathExchange>?

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
    ///
    /// Returns those that have gone and those that have come.
    private mutating func settle() -> (leaving: [IngressRoutes], coming: [IngressRoutes]) {
        guard !coming.isEmpty || !going.isEmpty else { return ([], []) }
        defer { (coming, going) = ([], []) }
        let leaving = going.isEmpty ? [] : claims.filter { going.contains(ObjectIdentifier($0)) }
        let staying = coming.filter { !going.contains(ObjectIdentifier($0)) }
        if !leaving.isEmpty { claims.removeAll { going.contains(ObjectIdentifier($0)) } }
        if staying.count <= Self.mostExchanged {
            for claim in staying { claims.insert(claim, at: claims.partitionPoint { $0.wins(over: claim) }) }
        } else {
            claims = (claims + staying).sorted { $0.wins(over: $1) }
        }
        secureClaims += staying.count { isSecured(by: $0) } - leaving.count { isSecured(by: $0) }
        return (leaving, staying)
    }

    private func isSecured(by claim: IngressRoutes) -> Bool { claim.owner != nil && claim.tls.secures(host) }

    /// Decides anew about all that the claims ask for.
    ///
    /// - Parameter inherited: The certificate of a wildcard above, for a host that has none.
    mutating func assemble(
        _ certificates: inout CertificateStore,
        inheriting inherited: HostTLS?,
        unmatched: ResolvedBackend,
        _ support: PassthroughSupport
    ) {
        let (leaving, coming) = settle()
        var findings: [Diagnostic] = []
        let before = effectiveTLS
        tls = chosenTLS(&certificates, &findings)
        effectiveTLS = tls ?? inherited
        let mayExchange = !leaving.isEmpty || !coming.isEmpty
        if mayExchange, effectiveTLS == before, leaving.count + coming.count <= Self.mostExchanged,
            let exchanged = exchanging(leaving, for: coming, unmatched: unmatched)
        {
            take(exchanged, findings)
            return
        }
        upstreamChange = nil
        diagnostics = []
        let first = claims.first { $0.owner != nil }?.owner
        var draft = ServerDraft(host: host, first: first)
        for claim in claims { draft.add(claim, &diagnostics) }
        draft.applyGuards(&diagnostics)
        draft.merge(claims, &diagnostics)
        passthrough = draft.passthrough(support, &diagnostics).map { ByReference($0) }
        offers = draft.offers(&diagnostics)
        diagnostics += draft.stricterPaths()
        exchange = passthrough == nil ? PathExchange.of(draft, claims, unmatched: unmatched, diagnostics) : nil
        diagnostics = (diagnostics + findings).boundedByObject()
        // Canaries alone make no server.
        guard first != nil || host == .any else { return serveNothing() }
        var server = draft.server(effectiveTLS, unmatched: unmatched.action())
        if passthrough != nil { server.policy.passesTLS = true }
        upstreams = Set(draft.upstreams(unmatched: unmatched))
        needsResolver = server.locations.contains(where: \.resolvesNames)
        otherFiles = Set(claims.compactMap(\.owner).flatMap(\.files))
        self.server = server
    }

    private mutating func take(_ exchanged: ExchangedPaths, _ findings: [Diagnostic]) {
        server = exchanged.server
        exchange = exchanged.exchange
        for key in exchanged.upstreams.gone { upstreams.remove(key) }
        for key in exchanged.upstreams.come { upstreams.insert(key) }
        upstreamChange = exchanged.upstreams
        diagnostics = (exchanged.exchange.value.findings + findings).boundedByObject()
    }

    private mutating func serveNothing() {
        server = nil
        passthrough = nil
        offers = []
        otherFiles = []
        upstreams = []
        needsResolver = false
        exchange = nil
    }

    private func chosenTLS(_ certificates: inout CertificateStore, _ findings: inout [Diagnostic]) -> HostTLS? {
        guard secureClaims > 0 else { return nil }
        var tls: HostTLS?
        for claim in claims where isSecured(by: claim) {
            if let winner = tls {
                findings += claim.secretTaken(for: host, by: winner)
            } else {
                tls = certificates.tls(for: host, of: claim, &findings)
            }
        }
        return tls
    }
}
