import Diagnostics
import Incremental
import KubernetesModel
import ProxyConfiguration

extension AdmittedIngress {
    /// Findings about guards that do not hold for connections which are passed on.
    func unguarded(on host: HostPattern) -> [Diagnostic] {
        let (own, ofAll) = (ownGuards, guardsOfConfigMaps)
        let findings = [
            (own.list, own.count, own.first.flatMap(givenField)),
            (ofAll.list + " of the ConfigMap", ofAll.count, givenField("ssl-passthrough") ?? "spec.rules"),
        ]
        return findings.filter { $0.1 > 0 }.map { list, count, field in
            ingress.finding(
                .warning,
                "passthrough-unguarded",
                "\(list) \(count == 1 ? "does" : "do") not guard \(host.words) by HTTPS: its connections are passed on as they "
                    + "are",
                at: field ?? "spec.rules",
                hint: "guard what is served in the backend itself"
            )
        }
    }

    /// Its annotations that keep clients away, by the names that they have there.
    private var ownGuards: [String] {
        SettingTable.guards.filter(\.places.isAnnotation).compactMap { setting in
            guard let rule = setting.guardRule, let (name, value) = given(setting),
                case .guards = rule.verdict(on: value)
            else { return nil }
            var usual = SettingValues.builtIn
            return setting.field?.take(values, &usual) ?? true && !isIdle(setting) ? name : nil
        }
    }

    /// The keys of ConfigMaps that keep clients of the Ingress away.
    private var guardsOfConfigMaps: [String] {
        var known = SettingValues.builtIn
        for setting in SettingTable.all where setting.places.isAnnotation && given(setting) != nil {
            _ = setting.field?.take(values, &known)
        }
        return SettingTable.guards.filter(\.places.isGlobalKey).compactMap { setting in
            // Known by what they ask for, as there are many that keep nobody away.
            guard setting.guardRule != .snippet, let field = setting.field, field.take(values, &known) else {
                return nil
            }
            return isIdle(setting) ? nil : setting.name
        } + values.snippets.guardsOfConfigMaps
    }

    /// Whether a guard has a value by which it keeps nobody away, or the Ingress has opted out of it.
    private func isIdle(_ setting: Setting) -> Bool {
        switch setting.name {
        case "global-auth-url": question == .nobody
        case "limit-connections", "limit-rpm", "limit-rps": policy.value.limits == nil
        default: false
        }
    }

    /// The annotation by which a setting is set, and its value; `nil` where there is none.
    private func given(_ setting: Setting) -> (name: String, value: String)? {
        let annotations = ingress.metadata.annotations
        for name in [setting.name] + setting.places.aliases {
            guard let value = annotations[annotationKey(name)] else { continue }
            if !value.isEmpty || setting.countsIfEmpty { return (name, value) }
        }
        return nil
    }
}

extension [String] {
    /// The names as a sentence has them.
    fileprivate var list: String { map { "'\($0)'" }.joined(separator: ", ") }
}

extension SnippetValues {
    /// The keys of ConfigMaps whose snippets may keep clients away.
    fileprivate var guardsOfConfigMaps: [String] {
        let snippets = [("location-snippet", locationsOfAll), ("server-snippet", serversOfAll)]
        return snippets.filter { $0.1?.value.mayRefuse ?? false }.map(\.0)
    }
}
