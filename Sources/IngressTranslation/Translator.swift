import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Adds up Ingresses, oldest first, to one configuration.
struct Translator {
    let settings: TranslationSettings
    var diagnostics: [Diagnostic] = []
    private var backends: BackendResolver
    private var certificates: CertificateStore
    private var servers: [HostPattern: ServerDraft]
    /// Serves what no Ingress does.
    private let unmatched: Location.Action

    init(_ snapshot: ClusterSnapshot, _ settings: TranslationSettings, knowing cache: CertificateCache) {
        self.settings = settings
        backends = BackendResolver(snapshot, settings)
        certificates = CertificateStore(snapshot.secrets, settings, knowing: cache)
        servers = [.any: ServerDraft(host: .any, first: nil)]
        unmatched = backends.defaultBackend(settings.defaultBackendService, &diagnostics)
    }

    /// The certificates that have been checked.
    var certificateCache: CertificateCache { certificates.cache }

    mutating func add(_ ingress: Ingress) {
        let options = ingress.options(&diagnostics)
        guard !options.isCanary else {
            diagnostics.append(.canaryNotServed(ingress))
            return
        }
        guard !ingress.rules.isEmpty || ingress.defaultBackend != nil else {
            diagnostics.append(.nothingToServe(ingress))
            return
        }
        let owner = AdmittedIngress(ingress, options)
        var hosts: [HostPattern] = []
        for (index, rule) in ingress.rules.enumerated() {
            guard let host = HostPattern(rule.host ?? "") else {
                diagnostics.append(.invalidHost(rule.host ?? "", of: ingress, rule: index))
                continue
            }
            if !hosts.contains(host) { hosts.append(host) }
            add(rule, number: index, to: host, of: owner)
        }
        addDefaultBackend(of: owner, to: hosts)
        addTLS(of: ingress, to: hosts)
        diagnostics += ingress.tlsRemarks(hosts)
    }

    private mutating func add(
        _ rule: Ingress.Rule,
        number: Int,
        to host: HostPattern,
        of owner: AdmittedIngress
    ) {
        changeServer(host, of: owner) { server, diagnostics in
            if let appRoot = owner.options.appRoot { server.add(appRoot: appRoot, of: owner, &diagnostics) }
        }
        for (index, path) in (rule.paths ?? []).enumerated() {
            let place = BackendPlace.path(rule: number, path: index)
            guard let location = location(for: path, at: place, of: owner) else { continue }
            changeServer(host, of: owner) { $0.add(location, &$1) }
        }
    }

    private mutating func location(
        for path: Ingress.Path,
        at place: BackendPlace,
        of owner: AdmittedIngress
    ) -> LocationDraft? {
        let reading: PathReading
        do throws(PathReading.Failure) {
            reading = try PathReading(path, owner.options)
        } catch {
            diagnostics.append(.unusablePath(path, error, of: owner.ingress, at: place.field))
            return nil
        }
        diagnostics += reading.remarks.map { .remark($0, on: path, of: owner.ingress, at: place.field) }
        return LocationDraft(
            path: reading.match,
            place: place,
            owner: owner,
            action: action(for: path.backend, rewrite: reading.rewrite, at: place, of: owner),
            makesHostRegular: owner.options.makesHostRegular(path)
        )
    }

    private mutating func action(
        for backend: Ingress.Backend,
        rewrite: Rewrite?,
        at place: BackendPlace,
        of owner: AdmittedIngress
    ) -> Location.Action {
        guard !owner.options.isDenied else { return .status(.serviceUnavailable) }
        guard case .service(let name, let port) = backend else {
            diagnostics.append(.resourceBackend(of: owner.ingress, at: place.backendField))
            return .status(.notFound)
        }
        let service = NamespacedName(namespace: owner.ingress.metadata.namespace, name: name)
        let reference = ServiceReference(service: service, port: port)
        let resolved = backends.resolve(reference)
        if let problem = resolved.problem {
            diagnostics.append(owner.ingress.finding(problem, with: reference, at: place.backendField))
        }
        switch resolved.target {
        case .backend(let backend): return .proxy(backend, rewrite: rewrite)
        case .status(let code): return .status(code)
        }
    }

    /// `spec.defaultBackend` serves every host where it stands alone, else the Ingress's own hosts.
    private mutating func addDefaultBackend(of owner: AdmittedIngress, to hosts: [HostPattern]) {
        guard let backend = owner.ingress.defaultBackend, let root = LocationPath("/") else { return }
        let location = LocationDraft(
            path: .prefix(root),
            place: .defaultBackend,
            owner: owner,
            action: action(for: backend, rewrite: nil, at: .defaultBackend, of: owner)
        )
        for host in owner.ingress.rules.isEmpty ? [.any] : hosts {
            changeServer(host, of: owner) { $0.add(fallback: location, &$1) }
        }
    }

    private mutating func addTLS(of ingress: Ingress, to hosts: [HostPattern]) {
        guard !ingress.tls.isEmpty else { return }
        for host in hosts where host != .any {
            if let winner = servers[host]?.tls {
                diagnostics += ingress.secretTaken(for: host, by: winner)
            } else {
                servers[host]?.tls = certificates.tls(for: host, of: ingress, &diagnostics)
            }
        }
    }

    private mutating func changeServer(
        _ host: HostPattern,
        of owner: AdmittedIngress,
        _ change: (inout ServerDraft, inout [Diagnostic]) -> Void
    ) {
        var found: [Diagnostic] = []
        change(&servers[host, default: ServerDraft(host: host, first: owner)], &found)
        diagnostics += found
    }

    mutating func finish() -> Translation {
        for server in servers.values { diagnostics += server.stricterPaths() }
        let fallback = certificates.fallback(&diagnostics)
        let drafts = servers.keys.sorted().compactMap { servers[$0] }
        let finished = drafts.map { $0.server(tls(of: $0), unmatched: unmatched) }
        let used = finished.usedBackends
        let configuration = Configuration(
            process: settings.process,
            listeners: settings.listeners,
            resolvers: used.needResolver ? settings.resolvers : [],
            strictTransportSecurity: settings.strictTransportSecurity,
            fallbackCertificate: fallback,
            certificates: certificates.used,
            upstreams: backends.sortedUpstreams.filter { used.upstreams.contains($0.name) },
            servers: finished,
            status: settings.status
        )
        return Translation(configuration: configuration, diagnostics: diagnostics.sorted(by: Diagnostic.precedes))
    }

    /// A host without TLS has that of the wildcard above it, as in ingress-nginx.
    private func tls(of server: ServerDraft) -> HostTLS? {
        if let own = server.tls { return own }
        guard case .name(let name) = server.host, let parent = name.parent else { return nil }
        return servers[.wildcard(under: parent)]?.tls
    }
}
