package import Diagnostics
package import KubernetesModel
package import ProxyConfiguration

/// The configuration a snapshot asks for, and what was wrong with it.
package struct Translation: Sendable, Hashable {
    package var configuration: Configuration
    /// The endpoints that the configuration only names.
    package var endpoints = EndpointTable()
    package var diagnostics: [Diagnostic]
    /// Why each Ingress is left out that is none of ours: nothing is wrong with it.
    package var leftOut: [Diagnostic] = []
    /// The Services and Secrets that the input lacks and that are taken to exist.
    package var assumed: [ObjectReference] = []
}

/// The result of the latest translation, so that the next one translates only what has changed since.
package struct TranslationCache: Sendable {
    fileprivate var translator: Translator?

    package init() {}

    /// How many Secrets' certificates are known.
    package var certificateCount: Int { translator?.certificates.checks.count ?? 0 }

    /// Of how many Secrets it is known what they hold, and whether that can be served.
    package var judgedSecretCount: Int { translator?.certificates.verdictCount ?? 0 }

    /// Why Secrets make no certificate that are there, and that were named at some time: the beginning of a sentence for each.
    package var refusedCertificates: [NamespacedName: String] { translator?.certificates.refused ?? [:] }
}

/// Translates cluster objects into the configuration they ask for.
///
/// Every snapshot has a translation: an object that can't be honoured is left out and reported, so one
/// team's mistake never takes another team's routes down. The order of the snapshot does not matter.
package func translate(_ snapshot: ClusterSnapshot, with settings: TranslationSettings) -> Translation {
    var cache = TranslationCache()
    return translate(snapshot, with: settings, cache: &cache)
}

/// Translates like ``translate(_:with:)``, and takes over what has not changed since the latest translation.
///
/// Beside what has changed it costs a comparison for each object, and less where the snapshot shares what is the same
/// with the one before. Other settings, classes or parameters of classes make it translate all of it anew, but for the time,
/// and for certificates that were checked.
package func translate(
    _ snapshot: ClusterSnapshot,
    with settings: TranslationSettings,
    cache: inout TranslationCache
) -> Translation {
    var translator = cache.takeTranslator(for: IngressClasses(snapshot, settings), settings)
    translator.update(to: snapshot, now: settings.now)
    let translation = translator.finish()
    cache.translator = translator
    return translation
}

extension TranslationCache {
    /// Taken away, so that nobody shares with it what is about to change.
    fileprivate mutating func takeTranslator(
        for classes: IngressClasses,
        _ settings: TranslationSettings
    ) -> Translator {
        guard let known = translator.take() else { return Translator(classes, settings, knowing: CertificateChecks()) }
        guard known.isFor(classes, settings) else {
            return Translator(classes, settings, knowing: known.certificates.checks)
        }
        return known
    }
}
