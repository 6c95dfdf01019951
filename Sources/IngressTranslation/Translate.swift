package import Diagnostics
package import KubernetesModel
package import ProxyConfiguration

/// The configuration a snapshot asks for, and what was wrong with it.
package struct Translation: Sendable, Hashable {
    package var configuration: Configuration
    package var diagnostics: [Diagnostic]
}

/// Translates cluster objects into the configuration they ask for.
///
/// Every snapshot has a translation: an object that can't be honoured is left out and reported, so one
/// team's mistake never takes another team's routes down. The order of the snapshot does not matter.
package func translate(_ snapshot: ClusterSnapshot, with settings: TranslationSettings) -> Translation {
    var translator = Translator(snapshot, settings)
    let classes = ClassSelection(snapshot.ingressClasses, settings)
    for ingress in snapshot.ingresses.sorted(by: Ingress.precedes)
    where classes.selects(ingress, &translator.diagnostics) {
        translator.add(ingress)
    }
    return translator.finish()
}

extension Ingress {
    /// Whether an Ingress comes first, and so wins a conflict.
    ///
    /// The older one does, and of two of one age the larger `namespace/name`, as in ingress-nginx. One without
    /// a timestamp is younger than all that have one.
    static func precedes(_ left: Ingress, _ right: Ingress) -> Bool {
        let leftTime = left.metadata.creationTimestamp ?? .max
        let rightTime = right.metadata.creationTimestamp ?? .max
        if leftTime != rightTime { return leftTime < rightTime }
        // As one text, because that is what ingress-nginx compares: "a-b/c" and "a/c" order by '-' and '/'.
        if left.metadata.namespace == right.metadata.namespace { return left.metadata.name > right.metadata.name }
        return left.namespacedName.description > right.namespacedName.description
    }
}
