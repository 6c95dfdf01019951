import Diagnostics
import IngressTranslation
import KubernetesModel

/// The settings in use in one kind of place, and what becomes of each.
struct SettingInventory {
    private struct Key: Hashable {
        var name: String
        var opinion: MigrationOpinion
    }

    private let settings: [String: Setting]
    private let place: SettingListing.Place
    private let findings: FindingTable
    private var uses: [Key: (places: [MigrationPlace], routes: [String])] = [:]

    init(_ place: SettingListing.Place, findings: FindingTable) {
        self.place = place
        self.findings = findings
        settings = Dictionary(SettingListing(place).entries.map { ($0.name, $0.setting) }) { first, _ in first }
    }

    /// The settings, each once for every different thing that becomes of it.
    var items: [MigrationItem] {
        uses.map { key, use in
            let routes = key.opinion.verdict == .identical ? [] : Array(Set(use.routes)).sorted()
            return MigrationItem(name: key.name, opinion: key.opinion, places: use.places, routes: routes)
        }.inOrder
    }

    /// Counts the annotations of an Ingress that have a prefix.
    mutating func add(annotationsOf ingress: Ingress, prefix: String, routes: [String]) -> [MigrationItem] {
        let start = prefix + "/"
        return ingress.metadata.annotations.filter { $0.key.hasPrefix(start) }.sorted { $0.key < $1.key }
            .map { key, value in
                let name = String(key.dropFirst(start.count))
                return add(name, value, in: ingress, at: "metadata.annotations[\(key)]", routes)
            }
    }

    mutating func add(keysOf map: ConfigMap) -> [MigrationItem] {
        map.data.sorted { $0.key < $1.key }.map { add($0.key, $0.value, in: map, at: "data[\($0.key)]", []) }
    }

    private mutating func add(
        _ name: String,
        _ value: String,
        in object: some KubernetesObject,
        at field: String,
        _ routes: [String]
    ) -> MigrationItem {
        let opinion = opinion(on: settings[name], value, findings[object.reference, field])
        let place = MigrationPlace(
            object: object.reference?.description ?? "\(object.namespacedName)",
            position: object.metadata.source?.position(of: field)
        )
        let key = Key(name: name, opinion: opinion)
        uses[key, default: ([], [])].places.append(place)
        uses[key]?.routes += routes
        return MigrationItem(name: name, opinion: opinion, places: [place], routes: routes)
    }

    private func opinion(on setting: Setting?, _ value: String, _ findings: [Diagnostic]) -> MigrationOpinion {
        guard let setting else {
            let kind = place == .annotations ? "annotation" : "key"
            return MigrationOpinion(
                verdict: .needless,
                reason: "ingress-nginx has no \(kind) of this name either",
                advice: findings.lazy.compactMap(\.hint).first
            )
        }
        let worst = findings.filter { $0.migrationVerdict > .needless }
            .max { $0.migrationVerdict < $1.migrationVerdict }
        if case .missing(let need) = setting.comparison { return opinion(onUnread: setting, need, worst) }
        if let worst {
            return MigrationOpinion(verdict: worst.migrationVerdict, reason: worst.message, advice: worst.hint)
        }
        if let refusal = findings.first(where: { $0.severity == .error }) {
            return MigrationOpinion(verdict: .needless, reason: refusal.message + ", in ingress-nginx as well")
        }
        guard case .different(let difference) = setting.comparison else { return .identical }
        let isSame = OtherValues.contain(value, of: setting.name)
        return isSame ? .identical : MigrationOpinion(verdict: .different, reason: difference)
    }

    private func opinion(onUnread setting: Setting, _ need: String, _ finding: Diagnostic?) -> MigrationOpinion {
        let reason = setting.unsupported?.reason.text
        if need.hasPrefix("nothing") { return MigrationOpinion(verdict: .needless, reason: reason) }
        guard let finding else { return MigrationOpinion(verdict: .needless, reason: "the value asks for nothing") }
        return MigrationOpinion(
            verdict: finding.migrationVerdict,
            reason: finding.migrationVerdict == .missing && finding.severity == .error ? finding.message : reason,
            advice: "remove it: to read it Postern would need \(need)"
        )
    }
}
