import Diagnostics
import IngressTranslation
import KubernetesModel
import ProxyConfiguration

/// What `postern check` looks for beside what translation reports: things that are served as the manifests say, and
/// probably not as their author meant.
///
/// They stand apart from translation, which a controller repeats for each change.
struct FurtherChecks {
    let result: Pipeline.Result
    let settings: TranslationSettings

    var findings: [Diagnostic] {
        let table = RouteTable(result)
        let all = served(table)
        let annotations = all.filter { !$0.isTrue("canary") }
        return ExpiringCertificates(result, now: settings.now).findings
            + UnlistedHosts(annotations.map(\.ingress), result.snapshot.secrets).findings
            + ShadowedPaths(table, result.snapshot.ingresses).findings + DividedPaths(table).findings
            + LostPaths(table, annotations).findings + BacktrackingPatterns(ingresses: all).findings
            + AnnotationContradictions(annotations, table, hasGlobalSettings: settings.globalConfigMap != nil).findings
    }

    /// The Ingresses that serve something, be it as canaries.
    private func served(_ table: RouteTable) -> [AnnotationValues] {
        let served = Set(table.routes.flatMap { [$0.location.origin, $0.location.canaryOrigin] }.compactMap(\.self))
        var invalid: [ObjectReference: Set<String>] = [:]
        for finding in result.diagnostics where finding.code.hasPrefix("annotation-") {
            guard let object = finding.object, let field = finding.field else { continue }
            invalid[object, default: []].insert(field)
        }
        return result.snapshot.ingresses.compactMap { ingress in
            guard let reference = ingress.reference, served.contains(reference) else { return nil }
            let prefix = settings.annotationPrefix
            return AnnotationValues(ingress, reference, prefix, invalid: invalid[reference] ?? [])
        }
    }
}
