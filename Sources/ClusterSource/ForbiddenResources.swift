import Diagnostics
import KubernetesClient

extension APIError {
    var isForbidden: Bool {
        if case .forbidden = self { true } else { false }
    }
}

extension WatchedKind {
    /// The effect on requests where objects of the kind may not be read.
    ///
    /// - Parameter isKnown: Whether they could be read before.
    func effect(whereForbidden need: ObjectNeed, isKnown: Bool) -> String {
        if isKnown { return "what was read of them before keeps serving, and their changes are not seen" }
        return switch (self, need) {
        case (_, .always): "nothing is reconciled until they can"
        case (.secret, _): "hosts have the default certificate"
        case (.ingressClass, _): "the class of an Ingress is known by its name alone"
        case (.configMap, .unlessForbidden): "Ingresses are served without the parameters or headers that these hold"
        default: "Ingresses do without what they name there, as findings on them say"
        }
    }
}

extension Diagnostic {
    static func forbidden(
        _ query: ResourceQuery,
        _ error: APIError,
        _ effect: String,
        isMeant: Bool
    ) -> Diagnostic {
        let resource = query.resource
        let role = query.namespace.map { "a Role in the namespace '\($0)'" } ?? "a ClusterRole"
        return Diagnostic(
            isMeant ? .note : .error,
            code: "resource-forbidden",
            "\(resource.plural) cannot be read: \(error.status?.message.printable ?? ""); \(effect)",
            hint: "grant get, list and watch on \(resource.plural) of the API group '\(resource.group)' by \(role)"
        )
    }
}
