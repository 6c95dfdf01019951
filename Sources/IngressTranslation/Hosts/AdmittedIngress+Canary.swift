import Diagnostics
import Incremental
import KubernetesModel
import ProxyConfiguration

extension AdmittedIngress {
    /// Whether the Ingress is a canary that may take requests.
    ///
    /// Whatever its settings guard would be open by the settings of the other Ingress, which are those that
    /// hold: such a canary takes nothing.
    var isUsableCanary: Bool {
        values.canary.isOn && !values.isDenied && !guardsAccess
            && (values.canary.keepsClients || !values.canary.rules.takeNothing)
    }

    /// A service that is asked for all Ingresses is asked for the other Ingress as well.
    private var guardsAccess: Bool { values.externalAuth.service != .unset }

    /// Findings about the settings of a canary, or about those of an Ingress that is none.
    var canaryFindings: [Diagnostic] {
        // Nearly all Ingresses say nothing of it.
        guard values.canary != CanaryValues(), !values.isRefused else { return [] }
        guard values.canary.isOn else {
            let names = Canary.names.subtracting(["canary"]).filter { annotation($0) != nil }.sorted()
            return names.isEmpty ? [] : [canaryNotEnabled(names)]
        }
        var findings = unusedSettings
        if values.isDenied || guardsAccess { findings.append(guardedCanary) }
        if values.canary.rules.takeNothing { findings.append(canaryWithoutRules) }
        if !ingress.tls.isEmpty { findings.append(canaryTLS) }
        return findings + adjustedShare + unusedHeaderRules
    }

    private func finding(
        _ severity: Diagnostic.Severity,
        _ code: String,
        _ message: String,
        at name: String
    ) -> Diagnostic {
        ingress.finding(severity, code, message, at: annotationField(name))
    }

    private func canaryNotEnabled(_ names: [String]) -> Diagnostic {
        finding(
            .warning,
            "canary-not-enabled",
            "\(names.map { "'\($0)'" }.joined(separator: ", ")) \(names.count == 1 ? "has" : "have") no effect without "
                + "'canary: \"true\"'; the Ingress is served like any other",
            at: names[0]
        )
    }

    private var guardedCanary: Diagnostic {
        finding(
            .error,
            "canary-guarded",
            "the Ingress guards access, and requests come to a canary by the settings of the other Ingress; "
                + "it gets no traffic",
            at: "canary"
        )
    }

    private var canaryWithoutRules: Diagnostic {
        finding(
            .warning,
            "canary-without-rules",
            "neither a weight, a header nor a cookie sends requests to the canary; it gets no traffic"
                + (values.canary.keepsClients ? ", but that of clients whom the other Ingress's 'affinity' keeps" : ""),
            at: "canary"
        )
    }

    private var canaryTLS: Diagnostic {
        ingress.finding(
            .note,
            "canary-tls-unused",
            "the certificates of a host are those of the Ingresses that are no canaries; these are not used",
            at: "spec.tls"
        )
    }

    /// One finding for each setting that a canary does not have.
    private var unusedSettings: [Diagnostic] {
        SettingTable.annotations.keys.sorted().compactMap { name in
            guard let setting = SettingTable.annotations[name], setting.field != nil,
                setting.scope != .upstream || Affinity.names.contains(setting.name),
                !Canary.names.contains(setting.name), annotation(name) != nil
            else { return nil }
            return finding(
                .warning,
                "canary-setting-unused",
                "'\(name)' has no effect: a canary has the settings of the Ingress that it is an alternative of",
                at: name
            )
        }
    }

    private var adjustedShare: [Diagnostic] {
        var findings: [Diagnostic] = []
        if values.canary.total < 100, annotation("canary-weight-total") != nil {
            findings.append(
                finding(
                    .warning,
                    "setting-adjusted",
                    "'canary-weight-total' is 100 at least; 100 is used in place of \(values.canary.total)",
                    at: "canary-weight-total"
                )
            )
        }
        if values.canary.isShareCoarse {
            findings.append(
                finding(
                    .note,
                    "setting-adjusted",
                    "nginx splits requests by hundredths of a percent; the canary gets "
                        + "\(Double(values.canary.rules.share.hundredths) / 100)% of them",
                    at: "canary-weight"
                )
            )
        }
        return findings
    }

    /// The settings about a header that do not count.
    private var unusedHeaderRules: [Diagnostic] {
        let rules = ["canary-by-header-value", "canary-by-header-pattern"].filter { annotation($0) != nil }
        guard values.canary.header != nil else {
            return rules.map {
                finding(.warning, "canary-header-missing", "'\($0)' has no effect without 'canary-by-header'", at: $0)
            }
        }
        guard rules.count == 2, values.canary.headerValue != nil else { return [] }
        return [
            finding(
                .warning,
                "canary-pattern-unused",
                "'canary-by-header-pattern' has no effect beside 'canary-by-header-value'",
                at: "canary-by-header-pattern"
            )
        ]
    }
}

extension Canary {
    fileprivate static let names = Set(settings.map(\.name))
}
