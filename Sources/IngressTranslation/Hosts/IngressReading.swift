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
    private func reference(
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

    private mutating func served(
        by backend: Ingress.Backend,
        rewrite: Rewrite?,
        at place: BackendPlace,
        of owner: AdmittedIngress,
        _ backends: inout BackendTable
    ) -> (action: Location.Action, upstream: UpstreamKey?, backendName: BackendName?) {
        let reference = reference(to: backend, of: owner, backends)
        guard !owner.values.isDenied else { return (.status(.serviceUnavailable), nil, reference?.logName) }
        // Who is sent elsewhere needs no backend. A canary has the settings of the other Ingress.
        if let redirect = owner.values.fixedRedirect, !owner.values.canary.isOn, !ingress.rules.isEmpty {
            return (.fixedRedirect(redirect), nil, reference?.logName)
        }
        if let rewrite, owner.values.rewriting.target?.isURL ?? false {
            return (.redirect(rewrite), nil, reference?.logName)
        }
        guard let reference else {
            diagnostics.append(
                .resourceBackend(of: ingress, at: place.backendField, isCanary: owner.values.canary.isOn)
            )
            return (.status(.notFound), nil, nil)
        }
        guard owner.security != .closed, owner.passwords != .closed else {
            return (.status(.serviceUnavailable), nil, reference.logName)
        }
        guard backends.speaks(owner.transport.speaks) else {
            diagnostics.append(owner.protocolNotBuilt)
            return (.status(.serviceUnavailable), nil, reference.logName)
        }
        let (resolved, isFirst) = resolve(reference, &backends)
        if let fault = resolved.fault {
            let finding = ingress.finding(
                fault,
                with: reference,
                at: place.backendField,
                consequence: owner.consequenceOfMissingBackend
            )
            if !fault.isAssumption {
                diagnostics.append(finding)
            } else if isFirst {
                assumptions.append(IngressRoutes.Assumption(reference: reference, finding: finding))
            }
        }
        if case .status = resolved.target, let standIn = owner.errorAnswers.standIn {
            let transport = owner.transport(to: standIn.reference.service, standIn.backend.externalName)
            let action = standIn.backend.action(rewrite: rewrite, by: transport)
                .sending(owner.values.backendHeaders, of: ingress, for: reference)
                .standingIn(for: ErrorSource(reference, of: ingress))
            return (action, standIn.backend.upstream, standIn.reference.logName)
        }
        let backendName = resolved.upstream?.isReadable ?? false ? nil : reference.logName
        if isFirst, let finding = owner.appProtocolUnused(resolved.appProtocol, of: reference, at: place) {
            diagnostics.append(finding)
        }
        let transport = owner.transport(to: reference.service, resolved.externalName)
        let action = resolved.action(rewrite: rewrite, by: transport)
            .sending(owner.values.backendHeaders, of: ingress, for: reference)
        return (action, resolved.upstream, backendName)
    }
}

extension AdmittedIngress {
    /// The fate of requests for a backend without endpoints.
    fileprivate var consequenceOfMissingBackend: String {
        if values.canary.isOn { return "the canary gets no traffic" }
        guard let standIn = errorAnswers.standIn else { return "requests answer 503" }
        return "Service '\(standIn.reference.service)' serves in its place"
    }
}
