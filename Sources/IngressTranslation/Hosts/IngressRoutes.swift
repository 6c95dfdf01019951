import Diagnostics
import KubernetesModel
import ProxyConfiguration

/// What one Ingress asks for, whatever else asks for the same hosts.
///
/// A class, because each of its hosts keeps it.
final class IngressRoutes: Sendable {
    let ingress: Ingress
    private let age: IngressAge
    /// `nil` for an Ingress that is not served.
    let owner: AdmittedIngress?
    /// In the order of the Ingress, without those that have no host.
    let rules: [Rule]
    /// What serves the rest of its hosts.
    let fallback: LocationDraft?
    /// The hosts of its rules, each once.
    let ruleHosts: [HostPattern]
    /// The Services that it names, each of which it holds in the table of backends.
    let references: Set<ServiceReference>
    let diagnostics: [Diagnostic]
    /// Why it is none of ours; `nil` for one that is.
    let leftOut: Diagnostic?
    /// What is to be said of the first Ingress only that relies on it.
    let assumptions: [Assumption]

    struct Rule: Sendable {
        var host: HostPattern
        var locations: [LocationDraft] = []
    }

    struct Assumption: Sendable {
        var reference: ServiceReference
        var finding: Diagnostic
    }

    init(_ ingress: Ingress, of classes: ClassSelection, _ backends: inout BackendTable) {
        var reading = IngressReading(ingress)
        owner = reading.owner(classes)
        if let owner { reading.readRules(of: owner, &backends) }
        self.ingress = ingress
        age = IngressAge(ingress)
        rules = reading.rules
        fallback = reading.fallback
        ruleHosts = reading.hosts
        references = reading.references
        diagnostics = reading.diagnostics.boundedByObject()
        leftOut = reading.leftOut
        assumptions = reading.assumptions
    }

    /// The hosts that it is one of those to decide about.
    ///
    /// `spec.defaultBackend` serves every host where it stands alone, else the Ingress's own hosts.
    var hosts: [HostPattern] { fallback != nil && ingress.rules.isEmpty ? [.any] : ruleHosts }

    func wins(over other: IngressRoutes) -> Bool { age.wins(over: other.age) }
}
