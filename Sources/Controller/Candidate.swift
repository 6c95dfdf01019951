package import Diagnostics
package import IngressTranslation
package import KubernetesModel

/// What may go live, and what it comes to when some of its objects are set aside.
package struct Candidate: Sendable {
    private let snapshot: ClusterSnapshot
    /// What went live before, from which objects take their last good form.
    private let lastGood: ClusterSnapshot?
    private let settings: TranslationSettings
    /// What all of it comes to.
    private let whole: Translation
    private var cache = TranslationCache()

    /// Translates only what has changed since the candidate before.
    init(
        _ snapshot: ClusterSnapshot,
        lastGood: ClusterSnapshot?,
        settings: TranslationSettings,
        cache: inout TranslationCache
    ) {
        let whole = translate(snapshot, with: settings, cache: &cache)
        self.init(snapshot, lastGood: lastGood, settings: settings, translation: whole)
        self.cache = cache
    }

    /// Takes a translation of all of the snapshot that is there already.
    package init(
        _ snapshot: ClusterSnapshot,
        lastGood: ClusterSnapshot? = nil,
        settings: TranslationSettings,
        translation: Translation
    ) {
        self.snapshot = snapshot
        self.lastGood = lastGood
        self.settings = settings
        whole = translation
    }

    package func translation(_ exclusions: Exclusions = Exclusions()) -> Translation {
        guard !exclusions.isEmpty else { return whole }
        var cache = cache
        return translate(snapshot(exclusions), with: settings, cache: &cache)
    }

    func snapshot(_ exclusions: Exclusions) -> ClusterSnapshot {
        snapshot.excluding(exclusions, lastGood: lastGood)
    }

    /// The Ingresses among which one that cannot serve is looked for: those that have changed, then all.
    ///
    /// The oldest come first: of two that go ill together it is the younger that is set aside.
    package var suspects: [[ObjectReference]] {
        let all = snapshot.ingresses.oldestFirst
        let known = Dictionary(
            (lastGood?.ingresses ?? []).map { ($0.namespacedName, ObjectForm.ingress($0).unplaced) },
            uniquingKeysWith: { first, _ in first }
        )
        let changed = all.filter { known[$0.namespacedName] != ObjectForm.ingress($0).unplaced }
        return (changed.count < all.count ? [changed, all] : [all]).map { $0.compactMap(\.reference) }
    }

    /// Whether an object can serve as it did before it changed.
    package func isRevertible(_ object: ObjectReference) -> Bool {
        guard let form = lastGood?.form(of: object) else { return false }
        return form != snapshot.form(of: object)
    }
}
