import KubernetesModel
import YAML

extension ObjectReader {
    private static let objectSchema = Schema(["apiVersion", "kind", "metadata", "spec"])
    private static let specSchema = Schema(["controller", "parameters"])
    private static let parametersSchema = Schema(["apiGroup", "kind", "name", "namespace", "scope"])

    mutating func ingressClass() -> IngressClass? {
        checkFields(of: root, Self.objectSchema)
        guard var metadata = metadata(.subdomain) else { return nil }
        let spec = field("spec", of: root) {
            reader,
            node -> (controller: String, parameters: IngressClass.Parameters?)? in
            guard let spec = reader.mapping(node, Self.specSchema) else { return nil }
            let controller = reader.field("controller", of: spec) { $0.controller($1) }
            if case .absent = controller { reader.refuseMissing("controller", at: node.position) }
            let parameters = reader.field("parameters", of: spec) { $0.parameters($1) }
            return controller.value.map { ($0, parameters.value) }
        }
        if case .absent = spec { refuseMissing("spec", at: position) }
        guard let spec = spec.value else { return nil }
        metadata.source = source
        return IngressClass(metadata: metadata, controller: spec.controller, parameters: spec.parameters)
    }

    /// Without those that are of no use, a class serves as one without parameters.
    private mutating func parameters(_ node: Node) -> IngressClass.Parameters? {
        mark(node)
        return losing("parameters") { reader in
            guard let reference = reader.mapping(node, Self.parametersSchema) else { return nil }
            let group = reader.field("apiGroup", of: reference) { $0.text($1) }
            let kind = reader.field("kind", of: reference) { $0.text($1) }
            let namespace = reader.field("namespace", of: reference) { $0.name($1, .label) }
            let isConfigMap = kind.value == ConfigMap.kind && (group.value ?? "").isEmpty
            let name = reader.field("name", of: reference) { isConfigMap ? $0.name($1, .subdomain) : $0.text($1) }
            if case .absent = kind { reader.refuseMissing("kind", at: node.position) }
            if case .absent = name { reader.refuseMissing("name", at: node.position) }
            guard let kind = kind.value, let name = name.value, !group.isRefused, !namespace.isRefused else {
                return nil
            }
            return IngressClass.Parameters(
                apiGroup: group.value ?? "",
                kind: kind,
                name: name,
                namespace: namespace.value
            )
        }
    }

    private mutating func controller(_ node: Node) -> String? {
        mark(node)
        guard let text = text(node) else { return nil }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, NameRule.subdomain.allows(String(parts[0])), !parts[1].isEmpty,
            parts[1].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), text.utf8.count <= 250
        else {
            refuse("name-invalid", "a controller is a domain, '/' and a path, as in 'k8s.io/ingress-nginx'", at: node)
            return nil
        }
        return text
    }
}
