import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// The settings of one Ingress, or of all that set nothing of their own.
struct IngressSettings: Sendable {
    var values: SettingValues
    /// The settings of servers that its class or its annotations set.
    var given: Set<String>
    /// The values of Ingresses without a class and annotations, which hosts have where no Ingress sets any.
    let global: ByReference<SettingValues>
    /// The settings of `http` for these.
    let http: ByReference<HTTPSettings>
    let policy: ByReference<LocationPolicy>
    /// `nil` where upstreams are asked as everywhere.
    let upstreamPolicy: UpstreamPolicy?

    /// The settings of all Ingresses, from the global ConfigMap or none.
    init(ofAll values: SettingValues) {
        self.init(values, given: [], global: ByReference(values), http: ByReference(values.httpSettings))
    }

    /// Settings on top of those of all Ingresses.
    init(_ values: SettingValues, given: Set<String>, over base: IngressSettings) {
        self.init(values, given: given, global: base.global, http: base.http)
    }

    private init(
        _ values: SettingValues,
        given: Set<String>,
        global: ByReference<SettingValues>,
        http: ByReference<HTTPSettings>
    ) {
        (self.values, self.given, self.global, self.http) = (values, given, global, http)
        policy = values.policy(beside: global.value, http.value.directives)
        upstreamPolicy = values.upstreamPolicy(beside: global.value)
    }
}

/// The settings down to one layer of ConfigMaps.
struct SettingLayer: Sendable {
    let settings: ByReference<IngressSettings>
    let guards: [PendingGuard]
    /// The capabilities of the nginx that the configuration is for.
    let capabilities: NginxCapabilities?
    let diagnostics: [Diagnostic]

    /// The layer where no ConfigMap sets anything.
    static func builtIn(for settings: TranslationSettings) -> SettingLayer {
        var values = SettingValues.builtIn
        values.https.port = settings.httpsPort
        values.firewall.isAvailable = settings.capabilities?.hasModule("http_modsecurity_module") ?? false
        values.firewall.coreRules = settings.coreRules.map { ByReference($0) }
        values.telemetry.isAvailable = settings.capabilities?.hasModule("otel_module") ?? false
        values.geo.installed = ByReference(settings.geoDatabases)
        return SettingLayer(
            settings: ByReference(IngressSettings(ofAll: values)),
            guards: [],
            capabilities: settings.capabilities,
            diagnostics: []
        )
    }

    /// The layer of the global ConfigMap above this one.
    func global(_ map: ConfigMap) -> SettingLayer {
        let reader = reading(.global(map), map.data)
        var values = reader.values
        if values.gates.highestRisk == nil, map.takesSnippets { values.gates.highestRisk = .critical }
        // A key of the global ConfigMap is what hosts have by default, and no Ingress sets it.
        return SettingLayer(
            settings: ByReference(IngressSettings(ofAll: values)),
            guards: reader.guards,
            capabilities: capabilities,
            diagnostics: reader.diagnostics
        )
    }

    /// The layer of a class's ConfigMap above this one.
    func parameters(_ map: ConfigMap) -> SettingLayer {
        let reader = reading(.parameters(map), map.data)
        return SettingLayer(
            settings: ByReference(IngressSettings(reader.values, given: reader.given, over: settings.value)),
            guards: reader.guards,
            capabilities: capabilities,
            diagnostics: reader.diagnostics
        )
    }

    private func reading(_ source: SettingSource, _ data: [String: String]) -> SettingReader {
        var reader = SettingReader(source, over: self)
        // Other keys may name the variables that it brings.
        let first = "use-geoip2"
        if let value = data[first] { reader.read(first, value) }
        for (name, value) in data.sorted(by: { $0.key < $1.key }) where name != first { reader.read(name, value) }
        reader.finish()
        return reader
    }
}

extension SettingLayer {
    /// The settings of an Ingress: those of the layer, and what its annotations say.
    func settings(of ingress: Ingress, prefix: String, _ diagnostics: inout [Diagnostic]) -> ByReference<
        IngressSettings
    > {
        let annotations = ingress.annotations(under: prefix, &diagnostics)
        // Nearly all Ingresses without annotations share what their class comes to.
        guard !annotations.isEmpty || !guards.isEmpty else { return settings }
        let source = SettingSource.annotations(ingress, prefix: prefix)
        var reader = SettingReader(source, over: guarded(for: ingress, source, &diagnostics))
        for (name, value) in annotations where !value.isEmpty || source.emptyCounts(name) { reader.read(name, value) }
        reader.finish()
        guard reader.refusal.isNone else {
            diagnostics += reader.refusal.findings
            let values = reader.values.refused(reader.refusal, over: settings.value.values, in: source)
            let given = reader.given.filter { $0 == "server-alias" && !values.hosts.aliases.isEmpty }
            return ByReference(IngressSettings(values, given: given, over: settings.value))
        }
        diagnostics += reader.diagnostics
        diagnostics += ingress.misplaced(annotations.map(\.name), reader.values, source)
        return ByReference(IngressSettings(reader.values, given: reader.given, over: settings.value))
    }

    /// The layer for an Ingress, closed where a ConfigMap guards access by what is not read.
    private func guarded(
        for ingress: Ingress,
        _ annotations: SettingSource,
        _ diagnostics: inout [Diagnostic]
    ) -> SettingLayer {
        guard !guards.isEmpty else { return self }
        var closed = settings.value
        var first: PendingGuard?
        for pending in guards where !pending.isOff(annotations.value) {
            switch pending.verdict {
            case .restrictsNobody, .isMissed: break
            case .guards:
                first = first ?? pending
                closed.values.unhonoured.append(pending.name)
            }
        }
        if let first { diagnostics.append(.layerNotHonoured(first, of: ingress)) }
        return SettingLayer(settings: ByReference(closed), guards: guards, capabilities: capabilities, diagnostics: [])
    }
}

extension ConfigMap {
    /// Whether it says that snippets of Ingresses are taken.
    fileprivate var takesSnippets: Bool {
        data["allow-snippet-annotations"].flatMap { try? ValueParser<Bool>.bool.parse($0) } ?? false
    }
}

extension Ingress {
    /// The annotations that are settings, in the order of their names, and what may be meant for some.
    fileprivate func annotations(
        under prefix: String,
        _ diagnostics: inout [Diagnostic]
    ) -> [(name: String, value: String)] {
        guard !metadata.annotations.isEmpty else { return [] }
        var settings: [(name: String, value: String)] = []
        for (key, value) in metadata.annotations {
            if key.hasPrefix(prefix), key.utf8.dropFirst(prefix.utf8.count).first == UInt8(ascii: "/") {
                settings.append((String(key.dropFirst(prefix.count + 1)), value))
            } else if let finding = finding(onForeign: key, besides: prefix) {
                diagnostics.append(finding)
            }
        }
        return settings.sorted { $0.name < $1.name }
    }

    /// Findings about annotations for a part that the Ingress does not have.
    fileprivate func misplaced(_ names: [String], _ values: SettingValues, _ source: SettingSource) -> [Diagnostic] {
        names.compactMap { name in
            guard let setting = source.setting(named: name), setting.field != nil, source.value(name) != "",
                !has(setting.need, values.rewriting.target)
            else { return nil }
            return source.outOfPlace(setting, name)
        }
    }

    private func has(_ need: Setting.Need, _ target: RewriteTarget?) -> Bool {
        switch need {
        case .anything: true
        case .rule: !rules.isEmpty
        // A redirect of all requests needs a host alone.
        case .path: rules.contains { !($0.paths ?? []).isEmpty } || !rules.isEmpty && target?.isURL ?? false
        }
    }
}

extension Diagnostic {
    fileprivate static func layerNotHonoured(_ pending: PendingGuard, of ingress: Ingress) -> Diagnostic {
        if case .parameters = pending.source {
            return ingress.finding(
                .error,
                "class-not-honoured",
                "the parameters of the Ingress's class guard access by '\(pending.name)'; "
                    + "the paths of the Ingress answer 503",
                at: "spec.ingressClassName"
            )
        }
        return ingress.finding(
            .error,
            "global-configmap-not-honoured",
            "the global ConfigMap guards access by '\(pending.name)'; the paths of the Ingress answer 503",
            at: "spec"
        )
    }
}
