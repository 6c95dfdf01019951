import Diagnostics
import KubernetesModel
import YAML

extension ObjectReader {
    private static let objectSchema = Schema(["apiVersion", "kind", "metadata", "spec", "status"])

    mutating func ingress() -> Ingress? {
        checkFields(of: root, Self.objectSchema)
        guard let metadata = metadata(.subdomain) else { return nil }
        let spec = field("spec", of: root) { $0.ingressSpec($1, metadata) }
        if case .absent = spec { refuseMissing("spec", at: position) }
        guard var ingress = spec.value else { return nil }
        ingress.metadata.source = source
        return ingress
    }

    /// Whether the object has the shape from before `networking.k8s.io/v1`.
    var isBeta: Bool { apiVersion.hasSuffix("beta1") }

    private mutating func ingressSpec(_ node: Node, _ metadata: ObjectMetadata) -> Ingress? {
        mark(node)
        guard let spec = mapping(node, isBeta ? IngressSchema.specBeta : IngressSchema.spec) else { return nil }
        let className = field("ingressClassName", of: spec) { reader, node in
            reader.mark(node)
            return reader.name(node, .subdomain)
        }
        let defaultBackend = losing("default backend") { reader in
            reader.field(reader.isBeta ? "backend" : "defaultBackend", of: spec, hub: "defaultBackend") {
                $0.backend($1)
            }
        }
        let tls = losing("TLS section") { reader in
            reader.field("tls", of: spec) { reader, node in
                reader.mark(node)
                return reader.items(node, "TLS entry") { $0.tls($1) }
            }
        }
        let rules = field("rules", of: spec) { $0.items($1, "rule") { $0.rule($1) } }
        if spec["rules"]?.isEmpty ?? true, case .absent = defaultBackend { reportNothingToRoute(at: node) }
        guard !className.isRefused, !rules.isRefused else { return nil }
        return Ingress(
            metadata: metadata,
            ingressClassName: className.value,
            defaultBackend: defaultBackend.value,
            tls: tls.value ?? [],
            rules: rules.value ?? []
        )
    }

    private mutating func reportNothingToRoute(at node: Node) {
        let backend = isBeta ? "backend" : "defaultBackend"
        report(
            .error,
            "missing-field",
            "an Ingress needs 'rules' or '\(backend)'; this one routes nothing, and a cluster refuses it",
            at: node.position
        )
    }
}

extension Node {
    /// Whether the node is null or a list without items.
    fileprivate var isEmpty: Bool {
        if case .sequence(let items) = value { items.isEmpty } else { isNull }
    }
}
