import Diagnostics
import KubernetesModel
import NginxSyntax

extension SettingSource {
    func invalid(_ name: String, _ error: ValueError, _ consequence: String, isClosed: Bool) -> Diagnostic {
        finding(
            isClosed ? .error : .warning,
            "invalid",
            "the value of '\(name)' \(error.reason); \(consequence)",
            at: name
        )
    }

    /// An item of a list that does not count, beside those that do.
    func leftOut(_ error: ValueError, of name: String) -> Diagnostic {
        finding(.warning, "invalid", "the value of '\(name)' \(error.reason); it is left out", at: name)
    }

    /// A setting that guards access and that cannot be honoured.
    func notHonoured(
        _ name: String,
        _ reason: GuardVerdict.Reason,
        _ unsupported: UnsupportedSetting,
        concernsHost: Bool
    ) -> Diagnostic {
        let remedy = unsupported.reason.packages.map { "install \($0), or " } ?? ""
        return finding(
            .error,
            "not-honoured",
            "'\(name)' \(reason.text(because: unsupported.reason.text)); \(closed(concernsHost: concernsHost))",
            at: name,
            hint: remedy
                + (isAnnotation
                    ? "remove the annotation to serve the paths to everybody"
                    : "remove the key to serve the Ingresses to everybody")
        )
    }

    /// The effect of a guard that cannot be honoured, as a clause.
    func closed(concernsHost: Bool) -> String {
        switch self {
        case .annotations: concernsHost ? "the hosts of the Ingress answer 503" : "the paths of the Ingress answer 503"
        case .parameters: "the Ingresses of the class answer 503"
        case .global: "all Ingresses answer 503"
        }
    }

    func notRead(_ name: String, _ reason: String, hint: String? = nil) -> Diagnostic {
        finding(.warning, "not-read", "'\(name)' has no effect: \(reason)", at: name, hint: hint)
    }

    func outOfPlace(_ setting: Setting, _ name: String) -> Diagnostic {
        finding(
            .warning,
            "out-of-place",
            "'\(name)' has no effect: it is about the Ingress's \(setting.need == .rule ? "rules" : "paths"), and there "
                + "are none",
            at: name
        )
    }

    /// A setting whose directive the nginx does not know that the configuration is for.
    func needsNginx(_ name: String, _ directive: DirectiveSyntax, _ capabilities: NginxCapabilities?) -> Diagnostic {
        if let since = directive.since, let version = capabilities?.version, version < since {
            return notRead(name, "it needs nginx \(since), and this is \(version)")
        }
        let module = directive.module ?? "http"
        return notRead(
            name,
            "it needs nginx's module \(module), which this build lacks",
            hint: directive.packages.map {
                "install ngx_\(module).so where nginx has its modules, beside Postern as well: by \($0)"
            }
        )
    }

    /// A key of the global ConfigMap in that of a class.
    func ofAllNginx(_ name: String) -> Diagnostic {
        finding(
            .warning,
            "not-read",
            "'\(name)' has no effect: it is about all of nginx, and only the global ConfigMap can set it",
            at: name
        )
    }

    func unknown(_ name: String) -> Diagnostic {
        let (reason, hint) = isAnnotation ? MistakenName.explanation(of: name) : MistakenName.explanation(ofKey: name)
        return finding(.warning, "unknown", "'\(name.excerpt)' has no effect: \(reason)", at: name, hint: hint)
    }

    private var isAnnotation: Bool { if case .annotations = self { true } else { false } }
}
