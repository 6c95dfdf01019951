import IngressTranslation
import KubernetesModel
import Manifests
import ProxyConfiguration

/// The ingress-nginx that is to be replaced, as far as the input has it.
struct OldSetup {
    var controllers: [OldController] = []

    init(_ files: [ManifestFile] = []) {
        controllers = OldController.controllers(in: files)
    }

    /// The controller whose Ingresses are looked at: the one of the class, where there are several.
    func controller(ofClass name: String) -> OldController? {
        controllers.first { ($0.value(of: "ingress-class") ?? "nginx") == name } ?? controllers.first
    }

    /// The settings with what the controller's flags say, where the options of the command leave it open.
    func adjusting(_ settings: TranslationSettings, beside options: TranslationOptions) -> TranslationSettings {
        let ingressClass = options.ingressClass ?? ClassRules().ingressClass
        guard let controller = controller(ofClass: ingressClass) else { return settings }
        var settings = settings
        func name(_ flag: String) -> NamespacedName? { controller.value(of: flag).flatMap { NamespacedName($0) } }
        settings.globalConfigMap = settings.globalConfigMap ?? name("configmap")
        settings.defaultBackendService = settings.defaultBackendService ?? name("default-backend-service")
        settings.defaultCertificateSecret = settings.defaultCertificateSecret ?? name("default-ssl-certificate")
        if options.ingressClass == nil, let own = controller.value(of: "ingress-class") {
            settings.classes.ingressClass = own
        }
        if options.controllerClass.isEmpty, let own = controller.value(of: "controller-class") {
            settings.classes.controllers = [own, ClassRules.own]
        }
        if let prefix = controller.value(of: "annotations-prefix").flatMap(AnnotationPrefix.init(argument:)),
            options.annotationsPrefix.text == AnnotationPrefix.usual.text
        {
            settings.annotationPrefix = prefix.text
        }
        if options.watchIngressWithoutClass == nil, let takes = controller.isOn("watch-ingress-without-class") {
            settings.classes.takesIngressWithoutClass = takes
        }
        if controller.isOn("ingress-class-by-name") ?? false { settings.classes.selectsByName = true }
        if controller.isOn("disable-catch-all") ?? false { settings.disablesCatchAll = true }
        if controller.isOn("disable-svc-external-name") ?? false { settings.disablesExternalNames = true }
        settings.classes.controllerNamespace = controller.namespace
        return settings
    }
}
