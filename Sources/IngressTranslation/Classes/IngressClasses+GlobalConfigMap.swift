import Diagnostics
import KubernetesModel

extension IngressClasses {
    /// The finding on a global ConfigMap that is not there, if one is named.
    func globalFindings(_ settings: TranslationSettings) -> [Diagnostic] {
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
