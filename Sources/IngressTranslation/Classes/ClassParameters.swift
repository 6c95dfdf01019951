import Diagnostics
import KubernetesModel

/// What one class of ours sets for its Ingresses: a ConfigMap with keys as those of ingress-nginx's own.
struct ClassParameters {
    /// What an Ingress of the class has where its annotations say nothing else.
    private(set) var options = IngressOptions.builtIn
    /// The guards among the keys, with what each comes to.
    private var guards: [(row: GuardDefinition, verdict: GuardVerdict)] = []
    private(set) var diagnostics: [Diagnostic] = []

    init(of ingressClass: IngressClass, _ classes: IngressClasses, _ settings: TranslationSettings) {
        guard let reference = ingressClass.parameters else { return }
        guard let name = settings.classes.parameters(of: ingressClass) else {
            diagnostics.append(.parametersUnused(reference, of: ingressClass))
            return
        }
        guard let map = classes.configMap(name) else {
            diagnostics.append(
                settings.assumesMissingObjects
                    ? .parametersAssumed(name, of: ingressClass) : .parametersNotFound(name, of: ingressClass)
            )
            return
        }
        for (key, value) in map.data.sorted(by: { $0.key < $1.key }) { read(key, value, of: map) }
        diagnostics += options.responseBuffers.findings(on: map) { name in
            map.data[name].map { _ in "data[\(name)]" }
        }
    }

    private mutating func read(_ key: String, _ value: String, of map: ConfigMap) {
        if let definition = ParameterTable.definitionsByName[key] {
            do throws(ValueError) {
                try definition.apply(value, &options)
            } catch {
                diagnostics.append(.parameterInvalid(definition, error, of: map, .builtIn))
            }
        } else if let row = GuardTable.parameters[key] {
            read(row, value, of: map)
        } else {
            diagnostics.append(.parameterWithoutEffect(key, of: map))
        }
    }

    private mutating func read(_ row: GuardDefinition, _ value: String, of map: ConfigMap) {
        let verdict = row.rule.verdict(on: value)
        switch verdict {
        case .restrictsNobody: return
        case .isMissed: diagnostics.append(.parameterWithoutEffect(row.name, of: map))
        case .deniesNetwork: break
        case .guards(let reason): diagnostics.append(.parameterNotHonoured(row.name, reason, of: map))
        }
        guards.append((row, verdict))
    }

    /// What an Ingress has by the class, with the key for which it may not be served.
    ///
    /// An annotation replaces the key of its name: what it comes to counts in place of it.
    func options(for ingress: Ingress) -> (options: IngressOptions, guardKey: String?) {
        var options = options
        var guardKey: String?
        for (row, verdict) in guards where !row.isOff(ingress.annotation) {
            switch verdict {
            case .restrictsNobody, .isMissed: break
            case .deniesNetwork(let network): options.deniedNetwork = network
            case .guards: guardKey = guardKey ?? row.name
            }
        }
        options.isDenied = guardKey != nil
        return (options, guardKey)
    }
}

extension Diagnostic {
    fileprivate static func parametersUnused(
        _ parameters: IngressClass.Parameters,
        of ingressClass: IngressClass
    ) -> Diagnostic {
        let kind = parameters.apiGroup.isEmpty ? parameters.kind : "\(parameters.kind).\(parameters.apiGroup)"
        return ingressClass.finding(
            .warning,
            "class-parameters-unused",
            "the class names \(kind.excerpt) '\(parameters.name.excerpt)', and parameters can only be a ConfigMap; "
                + "its Ingresses are served without",
            at: "spec.parameters"
        )
    }

    fileprivate static func parametersNotFound(_ name: NamespacedName, of ingressClass: IngressClass) -> Diagnostic {
        let isNamed = ingressClass.parameters?.namespace != nil
        return ingressClass.finding(
            .error,
            "class-parameters-not-found",
            "ConfigMap '\(name)', which the class names, is not found; its Ingresses are served without",
            at: "spec.parameters",
            hint: isNamed
                ? nil
                : "set spec.parameters.scope to Namespace, and spec.parameters.namespace to where the ConfigMap is"
        )
    }

    fileprivate static func parametersAssumed(_ name: NamespacedName, of ingressClass: IngressClass) -> Diagnostic {
        ingressClass.finding(
            .note,
            "class-parameters-assumed",
            "ConfigMap '\(name)', which the class names, is not in the input; it is taken for empty",
            at: "spec.parameters"
        )
    }

    fileprivate static func parameterInvalid(
        _ definition: OptionDefinition,
        _ error: ValueError,
        of map: ConfigMap,
        _ defaults: IngressOptions
    ) -> Diagnostic {
        map.finding(
            .warning,
            "class-parameter-invalid",
            "the value of '\(definition.name)' \(error.reason); \(definition.consequence(defaults))",
            at: "data[\(definition.name)]"
        )
    }

    fileprivate static func parameterNotHonoured(
        _ key: String,
        _ reason: GuardVerdict.Reason,
        of map: ConfigMap
    ) -> Diagnostic {
        map.finding(
            .error,
            "class-parameter-not-honoured",
            "'\(key)' \(reason.text); the Ingresses of the class answer 503",
            at: "data[\(key)]",
            hint: "remove the key to serve the Ingresses to everybody"
        )
    }

    fileprivate static func parameterWithoutEffect(_ key: String, of map: ConfigMap) -> Diagnostic {
        guard !ParameterTable.isKnown(key) else {
            return map.finding(
                .warning,
                "class-parameter-not-read",
                "'\(key)' has no effect: Postern does not read it",
                at: "data[\(key)]"
            )
        }
        return map.finding(
            .warning,
            "class-parameter-unknown",
            "'\(key.excerpt)' has no effect: there is no such key",
            at: "data[\(key)]",
            hint: Spelling.suggestion(for: key, among: ParameterTable.knownNames).map { "did you mean '\($0)'?" }
        )
    }
}
