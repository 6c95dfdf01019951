import Diagnostics
import Incremental
import KubernetesModel
import ProxyConfiguration

/// The routes that one Ingress asks for, whatever else asks for the same hosts.
///
/// A class, because each of its hosts keeps it.
final class IngressRoutes: Sendable {
    let ingress: Ingress
    private let age: IngressAge
    /// `nil` for an Ingress that is not served, or serves as the canary of others only.
    let owner: AdmittedIngress?
    /// The rules of each host, in the order of the Ingress.
    private let rules: [HostPattern: [Rule]]
    /// The canaries that it offers.
    private let canaries: [HostPattern: [CanaryDraft]]
    private let rare: ByReference<Rare>?
    /// The hosts that it is one of those to decide about.
    ///
    /// `spec.defaultBackend` serves every host where it stands alone, else the Ingress's own hosts.
    let hosts: [HostPattern]
    let tls: TLSSection
    /// The objects whose change has it read anew, each once; those that are backends it holds in the table of backends.
    let dependencies: [Dependency]
    let diagnostics: [Diagnostic]
    /// Findings that only the first Ingress gets that relies on the same object.
    let assumptions: [Assumption]

    /// What few have, and what takes much memory.
    private struct Rare: Sendable {
        var fallback: LocationDraft?
        var streams: StreamSnippetSource?
        var leftOut: Diagnostic?
    }

    /// The default backend, which serves the rest of its hosts.
    var fallback: LocationDraft? { rare?.value.fallback }
    /// The ports of TCP and UDP that it asks for; `nil` for none.
    var streams: StreamSnippetSource? { rare?.value.streams }
    /// Why it is none of ours; `nil` for one that is.
    var leftOut: Diagnostic? { rare?.value.leftOut }

    struct Rule: Sendable {
        var locations: [LocationDraft] = []
    }

    struct Assumption: Sendable {
        var reference: ServiceReference
        var finding: Diagnostic
    }

    init(
        _ ingress: Ingress,
        of classes: ClassSelection,
        _ objects: ConfigMapTable,
        _ certificates: inout CertificateStore,
        _ backends: inout BackendTable
    ) {
        tls = TLSSection(of: ingress)
        var reading = IngressReading(ingress, objects)
        let admitted = reading.owner(classes, &certificates, &backends)
        let streams = admitted?.streams(within: classes.reach)
        owner = admitted.flatMap { $0.values.canary.isOn ? nil : $0 }
        if let owner {
            reading.readRules(of: owner, tls, &backends)
        } else if let admitted {
            reading.readCanary(admitted, &backends)
        }
        self.ingress = ingress
        age = IngressAge(ingress)
        rules = reading.rules
        canaries = reading.canaries
        let isUsual = reading.fallback == nil && streams == nil && reading.leftOut == nil
        rare =
            isUsual
            ? nil : ByReference(Rare(fallback: reading.fallback, streams: streams, leftOut: reading.leftOut))
        hosts = reading.hosts
        dependencies =
            reading.references.map(Dependency.backend) + reading.configMaps.map(Dependency.configMap)
            + reading.secrets.map(Dependency.secret)
            + (owner == nil ? [] : tls.secrets.map(Dependency.certificate))
        diagnostics = reading.diagnostics.boundedByObject()
        assumptions = reading.assumptions
    }

    /// Its rules for a host, in their order.
    func rules(for host: HostPattern) -> [Rule] { rules[host] ?? [] }

    /// The canaries that it offers to a host, in the order of its rules.
    func canaries(for host: HostPattern) -> [CanaryDraft] { canaries[host] ?? [] }

    func wins(over other: IngressRoutes) -> Bool { age.wins(over: other.age) }

    /// The backends that it holds.
    var references: [ServiceReference] {
        dependencies.compactMap { if case .backend(let reference) = $0 { reference } else { nil } }
    }

    /// Lets go of its backends.
    func release(_ backends: inout BackendTable) {
        for reference in references { backends.release(reference) }
    }
}
