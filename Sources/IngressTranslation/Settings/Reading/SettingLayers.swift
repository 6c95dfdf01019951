import Diagnostics
import Incremental
import KubernetesModel

/// The settings of the ConfigMaps: the global one for all Ingresses, and those of our classes for theirs.
struct SettingLayers {
    let global: SettingLayer
    private let classes: [String: SettingLayer]
    /// The findings about the ConfigMaps, and about what names them.
    let diagnostics: [Diagnostic]

    init(_ classes: IngressClasses, _ settings: TranslationSettings) {
        var diagnostics: [Diagnostic] = []
        let builtIn = SettingLayer.builtIn(for: settings)
        let global =
            settings.globalConfigMap.flatMap(classes.configMap).map { map in
                builtIn.global(map)
                    .addingHeaders(namedBy: map, in: classes, assumesMissing: settings.assumesMissingObjects)
            } ?? builtIn
        let errors = global.settings.value.values.errors
        if !errors.statuses.isEmpty, settings.defaultBackendService == nil,
            let map = settings.globalConfigMap.flatMap(classes.configMap)
        {
            diagnostics.append(SettingSource.global(map).errorsUnanswered)
        }
        var layers: [String: SettingLayer] = [:]
        for ingressClass in classes.all where settings.classes.isOurs(ingressClass) {
            let name = ingressClass.metadata.name
            layers[name] = global.layer(of: ingressClass, classes, settings, &diagnostics)
        }
        self.global = global
        self.classes = layers
        // Classes may share a ConfigMap.
        self.diagnostics = Array(Set(diagnostics + global.diagnostics + layers.values.flatMap(\.diagnostics)))
    }

    /// The layer of the Ingresses of a class; `nil` names those without one.
    func layer(ofClass name: String?) -> SettingLayer { name.flatMap { classes[$0] } ?? global }
}

extension SettingLayer {
    /// The layer of a class of ours above this one.
    fileprivate func layer(
        of ingressClass: IngressClass,
        _ classes: IngressClasses,
        _ settings: TranslationSettings,
        _ diagnostics: inout [Diagnostic]
    ) -> SettingLayer {
        let unchanged = SettingLayer(
            settings: self.settings,
            guards: guards,
            capabilities: capabilities,
            diagnostics: []
        )
        guard let reference = ingressClass.parameters else { return unchanged }
        guard let name = settings.classes.parameters(of: ingressClass) else {
            diagnostics.append(.parametersUnused(reference, of: ingressClass))
            return unchanged
        }
        guard let map = classes.configMap(name) else {
            diagnostics.append(
                settings.assumesMissingObjects
                    ? .parametersAssumed(name, of: ingressClass) : .parametersNotFound(name, of: ingressClass)
            )
            return unchanged
        }
        return parameters(map)
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
}
