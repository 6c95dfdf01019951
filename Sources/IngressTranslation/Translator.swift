import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Keeps what a snapshot comes to, and brings it in line with the next one.
///
/// The results for one Ingress, one Service's port, one Secret and one host are kept each by itself, and found anew
/// only when something has changed that it depends on.
struct Translator {
    private(set) var settings: TranslationSettings
    private var snapshot = ClusterSnapshot()
    private let classes: IngressClasses
    private let selection: ClassSelection
    private let passthroughSupport: PassthroughSupport
    /// The hosts whose connections of TLS are passed on.
    private var passed: [HostPattern: PassthroughDraft] = [:]
    private var backends: BackendTable
    private(set) var certificates: CertificateStore
    private var configMaps: ConfigMapTable
    private var dependencies = DependencyIndex()
    private var ingresses: [NamespacedName: IngressRoutes] = [:]
    private var hosts: [HostPattern: HostAssembly] = [:]
    /// The hosts that Ingresses bring in beside those of their rules.
    private var offered = OfferedHosts()
    /// Serves what no Ingress does.
    private var unmatched: DefaultBackend
    /// The Ingresses that ask for ports of TCP and UDP.
    private var streamIngresses: [NamespacedName: IngressRoutes] = [:]
    private var parts = ConfigurationParts()
    /// Why Ingresses are left out that are none of ours.
    private var leftOut = SortedFindings()

    /// Begins with no object but the classes, and with certificates that were checked before.
    init(_ classes: IngressClasses, _ settings: TranslationSettings, knowing checks: CertificateChecks) {
        self.settings = settings
        self.classes = classes
        selection = ClassSelection(classes, settings)
        passthroughSupport = PassthroughSupport(settings, selection)
        var shared = settings
        shared.loadBalancing = selection.loadBalancing ?? settings.loadBalancing
        shared.asksClusterAddresses = selection.asksClusterAddresses
        backends = BackendTable(shared)
        certificates = CertificateStore(settings, knowing: checks)
        configMaps = ConfigMapTable(settings)
        unmatched = DefaultBackend(settings.defaultBackendService, &backends)
        hosts[.any] = HostAssembly(.any)
        assemble([.any])
    }

    /// Whether only objects of other kinds, and the time, may be other than what this began with.
    func isFor(_ classes: IngressClasses, _ settings: TranslationSettings) -> Bool {
        var known = self.settings
        known.now = settings.now
        return known == settings && self.classes == classes
    }

    /// Takes a snapshot with the same classes.
    mutating func update(to newer: ClusterSnapshot, now: Int64) {
        settings.now = now
        let older = snapshot
        snapshot = newer
        let changes = backends.apply(
            ObjectChanges(from: older.services, to: newer.services),
            ObjectChanges(from: older.endpointSlices, to: newer.endpointSlices),
            refused: newer.refusedNames(Service.kind)
        )
        let secrets = certificates.apply(ObjectChanges(from: older.secrets, to: newer.secrets), now: now)
        let maps = configMaps.apply(
            ObjectChanges(from: older.configMaps, to: newer.configMaps),
            refused: newer.refusedNames(ConfigMap.kind)
        )
        let toRead =
            changes.references.map(Dependency.backend) + maps.map(Dependency.configMap) + secrets.map(Dependency.secret)
        var touched = read(ObjectChanges(from: older.ingresses, to: newer.ingresses), and: toRead)
        for routes in dependencies.dependents(on: secrets.map(Dependency.certificate)) {
            touched.formUnion(routes.hosts)
        }
        let before = unmatched
        unmatched = DefaultBackend(settings.defaultBackendService, &backends)
        if let reference = before.reference { backends.release(reference) }
        if unmatched.backend != before.backend { touched.formUnion(hosts.keys) }
        assemble(touched)
        parts.change(changes.upstreams)
    }

    /// Reads Ingresses that have come or that depend on what has changed, and lets go of those that have gone.
    ///
    /// Returns the hosts to be decided about anew.
    private mutating func read(
        _ changes: ObjectChanges<Ingress>,
        and changed: [Dependency]
    ) -> Set<HostPattern> {
        var touched: Set<HostPattern> = []
        var reread: [NamespacedName: Ingress?] = [:]
        for routes in dependencies.dependents(on: changed) {
            reread.updateValue(routes.ingress, forKey: routes.ingress.namespacedName)
        }
        for ingress in changes.gone { reread.updateValue(nil, forKey: ingress.namespacedName) }
        for ingress in changes.come { reread.updateValue(ingress, forKey: ingress.namespacedName) }
        for (name, ingress) in reread {
            replace(
                name,
                by: ingress.map { IngressRoutes($0, of: selection, configMaps, &certificates, &backends) },
                &touched
            )
        }
        return touched
    }

    private mutating func replace(
        _ name: NamespacedName,
        by new: IngressRoutes?,
        _ touched: inout Set<HostPattern>
    ) {
        let old = ingresses[name]
        ingresses[name] = new
        // Another reference may come to the same upstream with other servers.
        if let old {
            let references = old.references + (new?.references ?? [])
            parts.change(Set(references.compactMap { backends.resolve($0).upstream }))
        }
        if old?.streams != nil { streamIngresses[name] = nil }
        if let new, new.streams != nil { streamIngresses[name] = new }
        old?.release(&backends)
        if let old { dependencies.remove(old) }
        if let new { dependencies.add(new) }
        for host in old?.hosts ?? [] {
            if let old { hosts[host]?.remove(old) }
            touched.insert(host)
        }
        for host in new?.hosts ?? [] {
            if let new { hosts[host, default: HostAssembly(host)].add(new) }
            touched.insert(host)
        }
        parts.replace(old?.diagnostics ?? [], by: new?.diagnostics ?? [])
        leftOut.replace(old?.leftOut.map { [$0] } ?? [], by: new?.leftOut.map { [$0] } ?? [])
    }

    /// Decides about hosts, and about those that inherit from a wildcard among them.
    private mutating func assemble(_ touched: Set<HostPattern>) {
        defer { offered.settle(among: hosts, &certificates, &parts) }
        var heirs: Set<HostName> = []
        for case .wildcard(let parent) in touched {
            let before = hosts[.wildcard(under: parent)]?.tls
            assemble(.wildcard(under: parent))
            if hosts[.wildcard(under: parent)]?.tls != before { heirs.insert(parent) }
        }
        for host in touched {
            if case .wildcard = host { continue }
            assemble(host)
        }
        guard !heirs.isEmpty else { return }
        for case .name(let name) in Array(hosts.keys) where !touched.contains(.name(name)) {
            if let parent = name.parent, heirs.contains(parent) { assemble(.name(name)) }
        }
    }

    private mutating func assemble(_ host: HostPattern) {
        guard var assembly = hosts[host] else { return }
        let before = assembly
        if assembly.isAbandoned {
            hosts[host] = nil
            passed[host] = nil
            parts.replace(before, by: nil)
            offered.replace(before, by: nil)
        } else {
            let isClosed = selection.isClosed && unmatched.reference != nil
            assembly.assemble(
                &certificates,
                inheriting: inheritedTLS(of: host),
                unmatched: isClosed ? ResolvedBackend(target: .status(.serviceUnavailable)) : unmatched.backend,
                passthroughSupport
            )
            if assembly.passthrough != nil || before.passthrough != nil { passed[host] = assembly.passthrough?.value }
            hosts[host] = assembly
            parts.replace(before, by: assembly)
            offered.replace(before, by: assembly)
        }
    }

    /// A host without TLS has that of the wildcard above it, as in ingress-nginx.
    private func inheritedTLS(of host: HostPattern) -> HostTLS? {
        guard case .name(let name) = host, let parent = name.parent else { return nil }
        return hosts[.wildcard(under: parent)]?.tls
    }
}

extension Translator {
    /// The translation of the latest snapshot.
    mutating func finish() -> Translation {
        var diagnostics = classes.globalFindings(settings) + selection.diagnostics + unmatched.diagnostics
        let files = certificates.sharedFiles(selection.tls, of: selection.global, &diagnostics)
        if selection.tls.staples { diagnostics += certificates.unaskedResponders }
        var http = files.naming(in: selection.httpSettings)
        http.http3 = settings.http3(beside: http.directives, &diagnostics)
        if parts.askForCertificates, let version = settings.capabilities?.version, version.mixesSessionsOfHosts {
            diagnostics.append(.sessionsMixed(version))
        }
        let snippets = streamIngresses.values.sorted { $0.wins(over: $1) }.compactMap(\.streams)
        var reading = StreamReading(settings, selection, configMaps, backends, snippets: snippets)
        var streams = reading.services()
        diagnostics += reading.diagnostics
        leftOut.finish()
        if settings.assumesMissingObjects { diagnostics += assumptions }
        parts.finish(backends, files: files.all, general: diagnostics)
        let servers = parts.servers.values
        if let passthrough = TLSPassthrough(passed, passthroughSupport, among: servers, backends) {
            streams = (streams ?? StreamServices([], selection.streamSettings))
                .passing(passthrough, resolvers: settings.resolvers)
            http.forwarding = .handedOver(http.forwarding)
        }
        var process = selection.processSettings(beside: settings.process)
        ConnectionRoom(upstreams: parts.upstreams.values.count).complete(&process, &http)
        var configuration = Configuration(
            process: process,
            listeners: selection.listeners(beside: settings.listeners),
            settings: http,
            resolvers: parts.needResolver || selection.tls.staples ? settings.resolvers : [],
            fallbackCertificate: files.fallback.file,
            privateFiles: parts.files.values,
            upstreams: parts.upstreams.values,
            servers: servers,
            status: settings.status
        )
        configuration.streams = streams
        configuration.endpoints = settings.endpointServer.flatMap(parts.endpoints.lookup)
        return Translation(
            configuration: configuration,
            endpoints: parts.endpoints,
            diagnostics: parts.findings.values,
            leftOut: leftOut.values,
            assumed: settings.assumesMissingObjects ? assumedObjects : []
        )
    }

    /// The objects that the input lacks and somebody relies on.
    private var assumedObjects: [ObjectReference] {
        let served = ingresses.values.filter { $0.owner != nil }
        let services = Set(served.flatMap(\.assumptions).map(\.reference.service))
        let known = Set(snapshot.secrets.map(\.namespacedName))
        let shared = [settings.defaultCertificateSecret, selection.tls.keyExchangeSecret].compactMap(\.self)
        let reach = selection.reach
        let secrets = Set(served.flatMap { $0.ingress.namedSecrets(within: reach) } + shared).subtracting(known)
        return services.sorted().compactMap { ObjectReference(kind: Service.kind, $0) }
            + secrets.sorted().compactMap { ObjectReference(kind: Secret.kind, $0) }
    }

    /// Findings about objects that the input lacks, each about the oldest Ingress that relies on one.
    private var assumptions: [Diagnostic] {
        var reported: Set<ServiceReference> = []
        if let reference = unmatched.reference { reported.insert(reference) }
        let relying = ingresses.values.filter { !$0.assumptions.isEmpty }.sorted { $0.wins(over: $1) }
        return relying.flatMap(\.assumptions).filter { reported.insert($0.reference).inserted }.map(\.finding)
    }
}

extension ClusterSnapshot {
    /// The names of the objects of a kind that are there and of no use.
    fileprivate func refusedNames(_ kind: String) -> Set<NamespacedName> {
        guard !refused.isEmpty else { return [] }
        return Set(
            refused.lazy.filter { $0.kind == kind }.map { NamespacedName(namespace: $0.namespace, name: $0.name) }
        )
    }
}
