import KubernetesModel
import YAML

/// The certificates of an Ingress.
extension ObjectReader {
    mutating func tls(_ node: Node) -> Ingress.TLS? {
        mark(node)
        guard let mapping = mapping(node, IngressSchema.tls) else { return nil }
        let hosts = field("hosts", of: mapping) { reader, node in
            let hosts = reader.items(node, "host") { $0.host($1) }
            // A list without hosts means all hosts, which nobody asked for.
            return node.isEmptyList || hosts?.isEmpty == false ? hosts : nil
        }
        guard !hosts.isRefused else { return nil }
        let secretName = losing("certificate") { reader in
            reader.field("secretName", of: mapping) { $0.secretName($1) }
        }
        return Ingress.TLS(hosts: hosts.value ?? [], secretName: secretName.value)
    }

    private mutating func secretName(_ node: Node) -> String? {
        mark(node)
        if case .scalar(let scalar) = node.value, scalar.text.isEmpty { return "" }
        return name(node, .subdomain)
    }
}

extension Node {
    fileprivate var isEmptyList: Bool {
        if case .sequence(let items) = value { items.isEmpty } else { false }
    }
}
