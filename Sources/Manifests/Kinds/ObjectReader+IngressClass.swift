import KubernetesModel
import YAML

extension ObjectReader {
    private static let objectSchema = Schema(["apiVersion", "kind", "metadata", "spec"])
    private static let specSchema = Schema(["controller", "parameters"])

    mutating func ingressClass() -> IngressClass? {
        checkFields(of: root, Self.objectSchema)
        guard var metadata = metadata(.subdomain) else { return nil }
        let controller = field("spec", of: root) { reader, node -> String? in
            guard let spec = reader.mapping(node, Self.specSchema) else { return nil }
            let controller = reader.field("controller", of: spec) { $0.controller($1) }
            if case .absent = controller { reader.refuseMissing("controller", at: node.position) }
            return controller.value
        }
        if case .absent = controller { refuseMissing("spec", at: position) }
        guard let controller = controller.value else { return nil }
        metadata.source = source
        return IngressClass(metadata: metadata, controller: controller)
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
