import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax

/// Reads what one object sets, over the values of the layers beneath it.
struct SettingReader {
    var values: SettingValues
    /// The settings of servers that are set, in this layer or beneath it.
    private(set) var given: Set<String>
    /// The guards of ConfigMaps that are not read, with what each comes to; an Ingress may turn them off.
    private(set) var guards: [PendingGuard]
    /// Why an Ingress is refused for its annotations.
    private(set) var refusal = Refusal()
    var diagnostics: [Diagnostic] = []
    let source: SettingSource
    private let capabilities: NginxCapabilities?

    init(_ source: SettingSource, over layer: SettingLayer) {
        self.source = source
        capabilities = layer.capabilities
        values = layer.settings.value.values
        given = layer.settings.value.given
        guards = layer.guards
    }

    /// Takes over what the object says of a name.
    mutating func read(_ name: String, _ value: String) {
        let known = source.setting(named: name)
        if case .annotations = source { values.gates.check(name, value, known, in: source, &refusal) }
        guard let setting = known else { return diagnostics.append(source.unknown(name)) }
        if case .parameters = source, !setting.places.isClassKey {
            return diagnostics.append(source.ofAllNginx(name))
        }
        if let earlier = replacement(of: name, setting) {
            return diagnostics.append(source.notRead(name, "'\(earlier)' is set, and counts in its place"))
        }
        switch setting.handling {
        case .read(let field):
            guard isOpen(setting) else { return field.gate.map { read(name, value, $0.closed) } ?? () }
            read(name, value, setting, field)
        case .unsupported(let unsupported): read(name, value, unsupported)
        }
    }

    /// Whether the object may set it.
    func isOpen(_ setting: Setting) -> Bool { setting.field?.gate?.isOpen(source, values) ?? true }

    /// Closes what the object holds for, because something of a setting cannot be honoured.
    mutating func close(_ name: String) {
        values.unhonoured.append(name)
        if name == "server-snippet", case .annotations = source { values.hostGuard = values.hostGuard ?? name }
    }

    /// Another name of the same setting that comes first and has a value.
    private func replacement(of name: String, _ setting: Setting) -> String? {
        guard name != setting.name else { return nil }
        let earlier = [setting.name] + setting.places.aliases.prefix { $0 != name }
        return earlier.first { !(source.value($0) ?? "").isEmpty }
    }

    private mutating func read(_ name: String, _ value: String, _ setting: Setting, _ field: SettingField) {
        if let directive = field.directive, !(capabilities?.supports(directive) ?? !directive.isOfOthers) {
            return miss(name, value, field, source.needsNginx(name, directive, capabilities))
        }
        let leftOut = field.leftOut(value)
        do throws(ValueError) {
            try field.read(value, &values)
            diagnostics += leftOut.map { source.leftOut($0, of: name) }
            if setting.scope == .server { given.insert(setting.name) }
        } catch {
            // The fault of a list without a good item names what is wrong with its items.
            if !leftOut.contains(where: { error.reason.hasPrefix($0.reason) }) {
                diagnostics += leftOut.map { source.leftOut($0, of: name) }
            }
            let consequence = refuse(setting, field)
            diagnostics.append(source.invalid(name, error, consequence.text, isClosed: consequence.isClosed))
        }
    }

    /// Notes what the nginx lacks, where a value asks for anything; what it guards is closed.
    private mutating func miss(_ name: String, _ value: String, _ field: SettingField, _ finding: Diagnostic) {
        var wanted = values
        if (try? field.read(value, &wanted)) != nil, wanted == values { return }
        diagnostics.append(finding)
        if case .closes(_, let close) = field.ifInvalid { close(&values) }
    }

    /// Has an invalid value mean what its setting says.
    private mutating func refuse(_ setting: Setting, _ field: SettingField) -> (text: String, isClosed: Bool) {
        switch field.ifInvalid {
        case .usesDefault: return (field.substitute(values), false)
        case .usesDefaultSaying(let text): return (text, false)
        case .allowsNothing(let text, let close):
            close(&values)
            return (text, false)
        case .closes(let text, let close):
            close(&values)
            return (text, true)
        }
    }

    private mutating func read(_ name: String, _ value: String, _ unsupported: UnsupportedSetting) {
        guard let rule = unsupported.guards else {
            if unsupported.idleValue != value { diagnostics.append(source.notRead(name, unsupported.reason.text)) }
            return
        }
        let verdict = rule.verdict(on: value)
        switch source {
        case .annotations:
            guard !unsupported.isOff(source.value) else {
                return diagnostics.append(source.notRead(name, unsupported.reason.text))
            }
            apply(verdict, of: name, unsupported)
        case .parameters, .global:
            if case .isMissed = verdict { diagnostics.append(source.notRead(name, unsupported.reason.text)) }
            if case .guards(let reason) = verdict {
                diagnostics.append(source.notHonoured(name, reason, unsupported, concernsHost: false))
            }
            guards.removeAll { $0.name == name }
            guards.append(PendingGuard(name: name, source: source, verdict: verdict, isOff: unsupported.isOff))
        }
    }

    private mutating func apply(_ verdict: GuardVerdict, of name: String, _ unsupported: UnsupportedSetting) {
        switch verdict {
        case .restrictsNobody: break
        case .isMissed: diagnostics.append(source.notRead(name, unsupported.reason.text))
        case .guards(let reason):
            values.unhonoured.append(name)
            if unsupported.concernsHost { values.hostGuard = values.hostGuard ?? name }
            diagnostics.append(source.notHonoured(name, reason, unsupported, concernsHost: unsupported.concernsHost))
        }
    }

    /// Notes what concerns several values, once all are read.
    mutating func finish() {
        takeSnippets()
        checkSignIn()
        diagnostics += values.responseBuffers.findings(of: source) + values.cors.findings(of: source)
        diagnostics += values.responseChanges.findings(of: source) + values.prefixFindings(of: source)
        diagnostics += values.rateFindings(of: source) + values.logging.findings(of: source)
        diagnostics += values.affinityFindings(of: source)
        diagnostics += values.balancingFindings(of: source) + values.geo.findings(of: source)
        diagnostics += values.firewall.findings(of: source) + values.telemetry.findings(of: source)
    }
}

/// A guard of a ConfigMap that is not read, until an Ingress says whether it is set for it.
struct PendingGuard: Sendable {
    let name: String
    let source: SettingSource
    let verdict: GuardVerdict
    let isOff: @Sendable (UnsupportedSetting.Annotations) -> Bool
}
