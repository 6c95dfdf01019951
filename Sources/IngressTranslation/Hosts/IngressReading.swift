import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Reads an Ingress for itself.
struct IngressReading {
    let ingress: Ingress
    private(set) var rules: [HostPattern: [IngressRoutes.Rule]] = [:]
    private(set) var fallback: LocationDraft?
    /// The canaries for the locations of each host.
    private(set) var canaries: [HostPattern: [CanaryDraft]] = [:]
    /// Those of the rules, each once; all, for a default backend that stands alone.
    private(set) var hosts: [HostPattern] = []
    private(set) var references: Set<ServiceReference> = []
    /// The ConfigMaps that annotations name.
    private(set) var configMaps: Set<NamespacedName> = []
    /// The Secrets that annotations name.
    var secrets: Set<NamespacedName> = []
    var diagnostics: [Diagnostic] = []
    /// Why the Ingress is none of ours.
    private(set) var leftOut: Diagnostic?
    var assumptions: [IngressRoutes.Assumption] = []
    /// How many expressions may still be measured: each takes up to a few milliseconds.
    private var measurements = 100
    private let objects: ConfigMapTable

    init(_ ingress: Ingress, _ objects: ConfigMapTable) {
        self.ingress = ingress
        self.objects = objects
    }

    /// Finds a ConfigMap that an annotation names; from now on the Ingress depends on it, be it there or not.
    mutating func configMap(_ name: NamespacedName) throws(ObjectAbsence) -> ConfigMap {
        configMaps.insert(name)
        return try objects.configMap(name)
    }

    /// The Ingress with its options, if it is to be served.
    mutating func owner(
        _ classes: ClassSelection,
        _ certificates: inout CertificateStore,
        _ backends: inout BackendTable
    ) -> AdmittedIngress? {
        let layer: SettingLayer
        do throws(ClassSelection.LeftOut) {
            layer = try classes.layer(for: ingress, &diagnostics)
        } catch {
            leftOut = error.reason
            if error.isFinding { diagnostics.append(error.reason) }
            return nil
        }
        let prefix = classes.annotationPrefix
        var settings = layer.settings(of: ingress, prefix: prefix, &diagnostics)
        if !settings.value.values.isRefused {
            settings = addingCustomHeaders(to: settings, prefix: prefix)
            settings = addingFastCGIParameters(to: settings, prefix: prefix)
        }
        let owner = AdmittedIngress(ingress, settings, prefix: prefix)
        guard !ingress.rules.isEmpty || ingress.defaultBackend != nil else {
            // Who read it from a file has said what became of its rules.
            if ingress.metadata.source == nil { diagnostics.append(.nothingToServe(ingress)) }
            return nil
        }
        diagnostics += owner.canaryFindings
        // Who is asked is a matter of the Ingress that a canary is an alternative of.
        guard !owner.values.canary.isOn else { return owner }
        var details = IngressDetails()
        details.limits = owner.values.limits.limits(of: owner.reference)
        details.security = backendSecurity(of: owner, &certificates)
        details.clientCheck = clientCheck(of: owner, certificates)
        details.passwords = passwords(of: owner, certificates)
        details.question = question(of: owner, &backends)
        details.mirror = mirror(of: owner, &backends)
        details.answers = errorAnswers(of: owner, &backends)
        return details.isPlain ? owner : AdmittedIngress(owner, details)
    }

    /// Reads what a canary offers, where it may take requests.
    mutating func readCanary(_ owner: AdmittedIngress, _ backends: inout BackendTable) {
        guard owner.isUsableCanary else { return }
        for (number, rule) in ingress.rules.enumerated() {
            guard let host = HostPattern(rule.host ?? "") else {
                diagnostics.append(ingress.finding(onHost: rule.host ?? "", rule: number))
                continue
            }
            if !hosts.contains(host) { hosts.append(host) }
            for (index, path) in (rule.paths ?? []).enumerated() {
                let place = BackendPlace.path(rule: number, path: index)
                guard let draft = canary(path.backend, at: place, of: owner, &backends) else { continue }
                canaries[host, default: []].append(draft)
            }
        }
        guard let backend = ingress.defaultBackend else { return }
        if ingress.rules.isEmpty { hosts = [.any] }
        guard let draft = canary(backend, at: .defaultBackend, of: owner, &backends) else { return }
        for host in hosts { canaries[host, default: []].append(draft) }
    }

    private mutating func canary(
        _ backend: Ingress.Backend,
        at place: BackendPlace,
        of owner: AdmittedIngress,
        _ backends: inout BackendTable
    ) -> CanaryDraft? {
        let served = served(by: backend, rewrite: nil, at: place, of: owner, &backends)
        guard case .proxy(let proxying) = served.action else { return nil }
        return CanaryDraft(
            place: place,
            owner: owner,
            backend: proxying.backends.primary,
            upstream: served.upstream,
            backendName: served.backendName,
            logName: reference(to: backend, of: owner, backends)?.logName,
            loadBalancing: backends.loadBalancing
        )
    }

    /// The port of a Service that a backend names; `nil` for what is none.
    func reference(
        to backend: Ingress.Backend,
        of owner: AdmittedIngress,
        _ backends: BackendTable
    ) -> ServiceReference? {
        guard case .service(let name, let port) = backend else { return nil }
        let service = NamespacedName(namespace: ingress.metadata.namespace, name: name)
        return ServiceReference(service: service, port: port, policy: owner.upstreamPolicy(of: service, backends))
    }

    mutating func readRules(of owner: AdmittedIngress, _ tls: TLSSection, _ backends: inout BackendTable) {
        for (number, rule) in ingress.rules.enumerated() {
            guard let host = HostPattern(rule.host ?? "") else {
                diagnostics.append(ingress.finding(onHost: rule.host ?? "", rule: number))
                continue
            }
            if rules[host] == nil { hosts.append(host) }
            var read = IngressRoutes.Rule()
            for (index, path) in (rule.paths ?? []).enumerated() {
                let place = BackendPlace.path(rule: number, path: index)
                guard let location = location(for: path, at: place, of: owner, &backends) else { continue }
                read.locations.append(location)
            }
            rules[host, default: []].append(read)
        }
        if let backend = ingress.defaultBackend {
            let served = served(by: backend, rewrite: nil, at: .defaultBackend, of: owner, &backends)
            fallback = LocationDraft(
                path: .prefix(.root),
                place: .defaultBackend,
                owner: owner,
                action: served.action,
                upstream: served.upstream,
                backendName: served.backendName
            )
        }
        if fallback != nil, ingress.rules.isEmpty { hosts = [.any] }
        diagnostics += ingress.tlsFindings(tls, hosts, beside: owner.offeredHosts(beside: hosts))
    }

    private mutating func location(
        for path: Ingress.Path,
        at place: BackendPlace,
        of owner: AdmittedIngress,
        _ backends: inout BackendTable
    ) -> LocationDraft? {
        let reading: PathReading
        do throws(PathReading.Failure) {
            reading = try PathReading(path, owner.values.rewriting)
        } catch {
            diagnostics.append(.unusablePath(path, error, of: ingress, at: place.field))
            return nil
        }
        diagnostics += (reading.cautions + measured(reading.match)).map {
            .caution($0, on: path, of: ingress, at: place.field)
        }
        let served = served(by: path.backend, rewrite: reading.rewrite, at: place, of: owner, &backends)
        return LocationDraft(
            path: reading.match,
            place: place,
            owner: owner,
            action: served.action,
            upstream: served.upstream,
            backendName: served.backendName,
            makesHostRegular: owner.values.rewriting.makesHostRegular(path)
        )
    }

    /// Resolves a reference; from now on the Ingress depends on it.
    mutating func resolve(
        _ reference: ServiceReference,
        _ backends: inout BackendTable
    ) -> (backend: ResolvedBackend, isFirst: Bool) {
        let isFirst = references.insert(reference).inserted
        return (isFirst ? backends.use(reference) : backends.resolve(reference), isFirst)
    }

    private mutating func measured(_ match: PathMatch) -> [PathReading.Caution] {
        guard case .expression(let expression) = match, measurements > 0 else { return [] }
        measurements -= 1
        return expression.backtracking.map { [.backtracks($0)] } ?? []
    }
}
