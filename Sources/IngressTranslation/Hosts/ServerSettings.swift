import Diagnostics
import Incremental
import KubernetesModel
import ProxyConfiguration

/// The settings that the Ingresses of one host share: each is that of the oldest Ingress which sets it.
struct ServerSettings {
    private(set) var values: SettingValues
    private var winners: [String: AdmittedIngress] = [:]

    /// - Parameter global: What holds where no Ingress sets anything.
    init(_ global: SettingValues) {
        values = global
    }

    /// The Ingress whose value of a setting counts; `nil` where none sets it.
    func winner(of name: String) -> AdmittedIngress? { winners[name] }

    /// Takes over what an Ingress sets and no older one does.
    mutating func add(_ owner: AdmittedIngress, hasRules: Bool, on host: HostPattern, _ diagnostics: inout [Diagnostic])
    {
        guard !owner.settings.given.isEmpty else { return }
        for setting in SettingTable.ofServers where owner.settings.given.contains(setting.name) {
            guard setting.need == .anything || hasRules, let field = setting.field else { continue }
            if let winner = winners[setting.name] {
                var lost = values
                guard field.take(owner.values, &lost) else { continue }
                diagnostics.append(.settingTaken(setting, of: owner, by: winner, on: host))
            } else {
                winners[setting.name] = owner
                _ = field.take(owner.values, &values)
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func settingTaken(
        _ setting: Setting,
        of loser: AdmittedIngress,
        by winner: AdmittedIngress,
        on host: HostPattern
    ) -> Diagnostic {
        let field = loser.annotationField(setting)
        return loser.ingress.finding(
            .warning,
            "setting-taken",
            "Ingress \(winner.ingress.namespacedName) already sets '\(setting.name)' for host '\(host.text)'; "
                + (field == nil ? "that of this Ingress's class" : "this value") + " has no effect there",
            at: field ?? "spec.ingressClassName"
        )
    }
}
