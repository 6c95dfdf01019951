import Diagnostics
import IngressTranslation
import KubernetesModel
import Manifests
import ProxyConfiguration

/// The ingress-nginx that is to be replaced, as far as the input has it.
struct OldSetup {
    let controllers: [OldController]
    let values: [ChartValues]
    /// Where files begin that are said to have values, and have none of the chart's sections.
    let strangers: [SourcePosition]

    /// Takes the controllers out of manifests, and leaves in these what is no value of the chart.
    ///
    /// - Parameter named: Files that have values of the chart, whatever they look like.
    init(_ manifests: inout LoadedManifests, values named: LoadedManifests) throws(CommandFailure) {
        var values: [ChartValues] = []
        var strangers: [SourcePosition] = []
        for file in named.files {
            guard let found = ChartValues(file, isNamed: true) else {
                throw CommandFailure("\(file.name) holds no values of a chart")
            }
            if found.isOfChart { values.append(found) } else { strangers.append(found.start) }
        }
        manifests.files.removeAll { file in
            guard let found = ChartValues(file) else { return false }
            values.append(found)
            return true
        }
        values += EmbeddedValues.values(in: manifests.files)
        self.values = values
        self.strangers = strangers
        controllers = OldController.controllers(in: manifests.files) + values.map(\.oldController)
    }

    /// The ConfigMap that is the controller's by its name, where the input has one and no flag or option names any.
    static func likelyConfigMap(in files: [ManifestFile]) -> NamespacedName? {
        let names = ["ingress-nginx-controller", "nginx-configuration", "nginx-load-balancer-microk8s-conf"]
        let candidates = files.filter { file in names.contains { file.bytes.contains($0.utf8) } }
        let found = ManifestReader().read(candidates).snapshot.configMaps.map(\.namespacedName)
            .filter { names.contains($0.name) }
        return found.count == 1 ? found.first : nil
    }

    /// The ConfigMaps that the chart would make.
    private var configMaps: [ConfigMap] { values.flatMap(\.configMaps) }

    /// Puts these in the place of others of their names.
    func addConfigMaps(to snapshot: inout ClusterSnapshot) {
        let names = Set(configMaps.map(\.namespacedName))
        guard !names.isEmpty else { return }
        snapshot.configMaps.removeAll { names.contains($0.namespacedName) }
        snapshot.configMaps += configMaps
    }

    /// The controller whose Ingresses are looked at: the one of the class, where there are several.
    private func controller(ofClass name: String) -> OldController? {
        controllers.first { ($0.value(of: "ingress-class") ?? "nginx") == name } ?? controllers.first
    }

    /// The settings with what the controller's flags say, where the options of the command leave it open.
    func adjusting(_ settings: TranslationSettings, beside options: TranslationOptions) -> TranslationSettings {
        let ingressClass = options.ingressClass ?? ClassRules().ingressClass
        guard let controller = controller(ofClass: ingressClass) else { return settings }
        var settings = settings
        func name(_ flag: String) -> NamespacedName? { controller.value(of: flag).flatMap { NamespacedName($0) } }
        let ofChart = configMaps.map(\.namespacedName).first { $0.name == ChartValues.configMapName }
        settings.globalConfigMap = settings.globalConfigMap ?? name("configmap") ?? ofChart
        settings.tcpServices = settings.tcpServices ?? name("tcp-services-configmap")
        settings.udpServices = settings.udpServices ?? name("udp-services-configmap")
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
        if controller.isOn("enable-ssl-passthrough") ?? false { settings.passthrough = settings.passthrough ?? .usual }
        if controller.isOn("disable-catch-all") ?? false { settings.disablesCatchAll = true }
        if controller.isOn("disable-svc-external-name") ?? false { settings.disablesExternalNames = true }
        settings.classes.controllerNamespace = controller.namespace
        return settings
    }
}
