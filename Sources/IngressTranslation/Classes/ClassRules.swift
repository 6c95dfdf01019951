package import KubernetesModel

/// Which classes are ours, and where their parameters are.
package struct ClassRules: Sendable, Hashable {
    /// The controller that manifests for ingress-nginx name.
    package static let ingressNginx = "k8s.io/ingress-nginx"
    /// The controller of classes that are for nobody but Postern.
    package static let own = "postern.dev/ingress-controller"

    /// The class that the annotation `kubernetes.io/ingress.class` must name.
    package var ingressClass = "nginx"
    /// The `spec.controller` of the IngressClasses that are ours.
    package var controllers = [ingressNginx, own]
    /// Whether an IngressClass is ours by its name, ``ingressClass``, whatever its controller.
    package var selectsByName = false
    package var takesIngressWithoutClass = true
    /// Where the controller runs: there is the ConfigMap that a class names without a namespace.
    package var controllerNamespace = "default"

    package init() {}

    func isOurs(_ ingressClass: IngressClass) -> Bool {
        selectsByName
            ? ingressClass.metadata.name == self.ingressClass : controllers.contains(ingressClass.controller)
    }

    /// The ConfigMap with the parameters of a class; `nil` where the class is not ours or names none.
    package func parameters(of ingressClass: IngressClass) -> NamespacedName? {
        guard isOurs(ingressClass) else { return nil }
        return ingressClass.parameters?.configMap(orIn: controllerNamespace)
    }
}
