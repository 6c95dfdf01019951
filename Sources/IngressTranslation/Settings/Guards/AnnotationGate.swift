import Diagnostics

/// Why an Ingress is refused whole: the names of the annotations, with a finding on each.
struct Refusal: Sendable {
    private(set) var names: Set<String> = []
    private(set) var findings: [Diagnostic] = []

    var isNone: Bool { names.isEmpty }

    fileprivate mutating func add(_ name: String, _ finding: Diagnostic) {
        names.insert(name)
        findings.append(finding)
    }
}

extension GateValues {
    /// The risk up to which annotations are taken.
    private var riskLimit: Setting.Risk { highestRisk ?? .high }

    /// Looks at one annotation, known or not.
    func check(
        _ name: String,
        _ value: String,
        _ setting: Setting?,
        in source: SettingSource,
        _ refusal: inout Refusal
    ) {
        if let setting, setting.risk > riskLimit {
            refusal.add(setting.name, source.tooRisky(name, setting.risk, limit: riskLimit, isSet: highestRisk != nil))
        }
        guard !blockedWords.isEmpty, let word = blockedWords.first(where: value.contains) else { return }
        refusal.add(setting?.name ?? name, source.blocked(name, by: word))
    }
}

extension SettingValues {
    /// The values of an Ingress that is refused whole: those of the layer beneath, and of its own those without which
    /// requests that came to it would come to others, past what guards it.
    ///
    /// - Parameter base: The values of the layer beneath.
    func refused(_ refusal: Refusal, over base: SettingValues, in source: SettingSource) -> SettingValues {
        var values = base
        values.isRefused = true
        // Its paths match as they did, so that none of them leads to another Ingress.
        values.rewriting = rewriting
        values.rewriting.appRoot = base.rewriting.appRoot
        if !refusal.names.contains("server-alias") { values.hosts.aliases = hosts.aliases }
        // A canary stays one, and takes no requests.
        values.canary = canary
        values.hostGuard = hostGuard ?? clientGuard(beside: base, in: source)
        return values
    }

    /// The annotation that has clients of the whole host show certificates; `nil` where none does.
    private func clientGuard(beside base: SettingValues, in source: SettingSource) -> String? {
        guard clientCertificates.guardsOtherwise(than: base.clientCertificates) else { return nil }
        guard clientCertificates.mode != nil || clientCertificates.commonName != .unset else { return nil }
        return ["auth-tls-secret", "auth-tls-match-cn"].first { source.value($0) != nil }
    }
}

extension SettingSource {
    /// - Parameter isSet: Whether a ConfigMap names the limit.
    fileprivate func tooRisky(
        _ name: String,
        _ risk: Setting.Risk,
        limit: Setting.Risk,
        isSet: Bool
    ) -> Diagnostic {
        // Snippets alone are as risky, and the key that has them read takes them where the other one is not set.
        let (key, value) =
            isSet || risk < .critical
            ? ("annotations-risk-level", risk.rawValue) : ("allow-snippet-annotations", "true")
        return finding(
            .error,
            "risk-too-high",
            "'\(name)' is of the risk \(risk.rawValue), and 'annotations-risk-level' takes annotations up to "
                + "\(limit.rawValue); \(refused)",
            at: name,
            hint: "remove the annotation, or set '\(key)' to \(value) in the global ConfigMap"
        )
    }

    fileprivate func blocked(_ name: String, by word: String) -> Diagnostic {
        finding(
            .error,
            "word-blocked",
            "the value of '\(name.excerpt)' holds '\(word.excerpt)', which 'annotation-value-word-blocklist' forbids; "
                + refused,
            at: name
        )
    }

    private var refused: String { "the Ingress is refused, and its paths answer 503" }
}
