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
    var cache = CertificateCache()
    return translate(snapshot, with: settings, cache: &cache)
}

/// Translates like ``translate(_:with:)``, and takes certificates that have not changed since from the cache.
package func translate(
    _ snapshot: ClusterSnapshot,
    with settings: TranslationSettings,
    cache: inout CertificateCache
) -> Translation {
    var translator = Translator(snapshot, settings, knowing: cache)
    let classes = ClassSelection(snapshot.ingressClasses, settings)
    translator.diagnostics += classes.remarks
    for ingress in snapshot.ingresses.oldestFirst where classes.selects(ingress, &translator.diagnostics) {
        translator.add(ingress)
    }
    let translation = translator.finish()
    cache = translator.certificateCache
    return translation
}

extension [Ingress] {
    /// The Ingresses in the order in which they win conflicts.
    ///
    /// The oldest comes first, and of two of one age the one with the larger `namespace/name`, as in ingress-nginx.
    /// One without a timestamp is younger than all that have one.
    package var oldestFirst: [Ingress] {
        // The name is compared as one text, because ingress-nginx does: "a-b/c" and "a/c" order by '-' and '/'.
        let keys = map { (time: $0.metadata.creationTimestamp ?? .max, name: $0.namespacedName.description) }
        let order = indices.sorted { left, right in
            keys[left].time == keys[right].time
                ? keys[left].name > keys[right].name : keys[left].time < keys[right].time
        }
        return order.map { self[$0] }
    }
}
