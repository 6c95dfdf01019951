import Diagnostics
import IngressTranslation
import KubernetesModel

/// What `postern check` looks for beside what translation reports: things that are served as the manifests say, and
/// probably not as their author meant.
///
/// They stand apart from translation, which a controller repeats for each change.
struct FurtherChecks {
    let result: Pipeline.Result
    let settings: TranslationSettings

    var findings: [Diagnostic] {
        let table = RouteTable(result)
        let all = ours
        let annotations = all.filter { !$0.isTrue("canary") }
        return unclaimed + ExpiringCertificates(result, now: settings.now).findings
            + UnlistedHosts(annotations.map(\.ingress), result.snapshot.secrets).findings
            + ShadowedPaths(table, result.snapshot.ingresses).findings + DividedPaths(table).findings
            + LostPaths(table, annotations).findings + BacktrackingPatterns(ingresses: all).findings
            + AnnotationContradictions(annotations, table, hasGlobalSettings: settings.globalConfigMap != nil).findings
    }

    /// Ingresses that no class picks up: no other controller has them by a class of its own.
    private var unclaimed: [Diagnostic] {
        let reported = Set(result.diagnostics)
        return result.translation.leftOut.filter { finding in
            ["class-missing", "class-not-found"].contains(finding.code) && !reported.contains(finding)
        }
    }

    /// The Ingresses that are ours.
    private var ours: [AnnotationValues] {
        let leftOut = Set(result.translation.leftOut.compactMap(\.object))
        var invalid: [ObjectReference: Set<String>] = [:]
        for finding in result.diagnostics where finding.code.hasPrefix("annotation-") {
            guard let object = finding.object, let field = finding.field else { continue }
            invalid[object, default: []].insert(field)
        }
        return result.snapshot.ingresses.compactMap { ingress in
            guard let reference = ingress.reference, !leftOut.contains(reference) else { return nil }
            let prefix = settings.annotationPrefix
            return AnnotationValues(ingress, reference, prefix, invalid: invalid[reference] ?? [])
        }
    }
}
