import Diagnostics
import KubernetesModel

extension IngressClasses {
    /// The findings on what options ask for of all Ingresses.
    func globalFindings(_ settings: TranslationSettings) -> [Diagnostic] {
        absenceFindings(settings) + (settings.validatesReluctantly ? [.validated] : [])
    }

    /// The finding on a global ConfigMap that is not there, if one is named.
    private func absenceFindings(_ settings: TranslationSettings) -> [Diagnostic] {
        guard let name = settings.globalConfigMap, configMap(name) == nil else { return [] }
        return [
            settings.assumesMissingObjects
                ? Diagnostic(
                    .note,
                    code: "global-configmap-assumed",
                    "ConfigMap '\(name)', which --configmap names, is not in the input; it is taken for empty"
                )
                : Diagnostic(
                    .error,
                    code: "global-configmap-not-found",
                    "ConfigMap '\(name)', which --configmap names, is not found; Ingresses are served with the defaults "
                        + "of its keys",
                    hint: "create the ConfigMap, empty where nothing is to be set, or leave out --configmap"
                )
        ]
    }
}

extension Diagnostic {
    fileprivate static let validated = Diagnostic(
        .note,
        code: "validation-always-on",
        "--enable-annotation-validation=false has no effect: the values of annotations are always validated",
        hint: "leave out the option"
    )
}
