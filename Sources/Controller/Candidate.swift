package import Diagnostics
package import IngressTranslation
package import KubernetesModel
import ProxyConfiguration

/// A snapshot that may go live, and its translations without objects that are set aside.
package struct Candidate: Sendable {
    private let snapshot: ClusterSnapshot
    /// The earlier snapshot that went live, from which objects take their last good form.
    private let lastGood: ClusterSnapshot?
    private let settings: TranslationSettings
    /// The translation of all of it.
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

    /// The objects among which one that cannot serve is looked for: those that have changed, then all.
    ///
    /// The oldest Ingresses come first: of two that go ill together it is the younger that is set aside. Secrets come
    /// last, because they do nothing without an Ingress that names them: with all Ingresses there, and no Secret, it is
    /// seen whose fault it is. Those with passwords are none of them: nginx reads passwords while it serves, and one that
    /// is revoked is not to be kept for others' sake.
    package var suspects: [[ObjectReference]] {
        let ingresses = snapshot.ingresses.oldestFirst.map(ObjectForm.ingress)
        let harmless = whole.configuration.secretsOfPasswordsAlone
        let used = snapshot.usedSecrets(settings).filter { secret in
            secret.reference.map { !harmless.contains($0) } ?? true
        }.sorted {
            $0.namespacedName < $1.namespacedName
        }.map(ObjectForm.secret)
        let all = (ingresses + used).compactMap { form in form.reference.map { ($0, form.unplaced) } }
        let before = lastGood?.forms(of: Set(all.map(\.0))) ?? [:]
        let changed = all.filter { before[$0.0] != $0.1 }
        return (changed.count < all.count ? [changed, all] : [all]).map { $0.map(\.0) }
    }

    /// The changed objects, by namespace: tenants have namespaces of their own.
    package var changesByNamespace: [[ObjectReference]] {
        let changed = suspects.first ?? []
        let groups = Dictionary(grouping: changed, by: \.namespace)
        var seen: Set<String> = []
        return changed.compactMap { seen.insert($0.namespace).inserted ? groups[$0.namespace] : nil }
    }

    /// Whether it is known what served before.
    package var hasLastGood: Bool { lastGood != nil }

    /// Whether an object can serve as it did before it changed.
    package func isRevertible(_ object: ObjectReference) -> Bool {
        guard let form = lastGood?.form(of: object) else { return false }
        return form != snapshot.form(of: object)
    }
}

extension Configuration {
    /// The Secrets of which nothing but passwords is used.
    fileprivate var secretsOfPasswordsAlone: Set<ObjectReference> {
        let isPassword = { (file: PrivateFile) in file.kind == .passwordFile }
        guard privateFiles.contains(where: isPassword) else { return [] }
        return Set(privateFiles.filter(isPassword).compactMap(\.origin))
            .subtracting(privateFiles.filter { !isPassword($0) }.compactMap(\.origin))
    }
}
