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
        let tls = losing("TLS section") { $0.field("tls", of: spec) { $0.items($1, "TLS entry") { $0.tls($1) } } }
        let rules = field("rules", of: spec) { $0.items($1, "rule") { $0.rule($1) } }
        if case .absent = rules, case .absent = defaultBackend { reportNothingToRoute(at: node) }
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

    // MARK: TLS

    private mutating func tls(_ node: Node) -> Ingress.TLS? {
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

    private mutating func host(_ node: Node) -> String? {
        mark(node)
        guard let host = text(node) else { return nil }
        guard let problem = host.isEmpty ? nil : HostRule.problem(of: host) else { return host }
        refuse("invalid-host", problem, at: node)
        return nil
    }

    // MARK: Rules

    private mutating func rule(_ node: Node) -> Ingress.Rule? {
        guard let mapping = mapping(node, IngressSchema.rule) else { return nil }
        let host = field("host", of: mapping) { $0.host($1) }
        guard !host.isRefused else { return nil }
        let paths = field("http", of: mapping) { $0.http($1) }
        guard !paths.isRefused else { return nil }
        return Ingress.Rule(host: host.value, paths: paths.value)
    }

    private mutating func http(_ node: Node) -> [Ingress.Path]? {
        guard let mapping = mapping(node, IngressSchema.http) else { return nil }
        let paths = field("paths", of: mapping) { $0.items($1, "path") { $0.path($1) } }
        if case .absent = paths { refuseMissing("paths", at: node.position) }
        return paths.value
    }

    private mutating func path(_ node: Node) -> Ingress.Path? {
        mark(node)
        guard let mapping = mapping(node, IngressSchema.path) else { return nil }
        let type = field("pathType", of: mapping) { $0.pathType($1) }
        if case .absent = type, !isBeta { reportMissingPathType(at: node) }
        let path = field("path", of: mapping) { $0.pathText($1, type.value) }
        if path.value?.isEmpty ?? !path.isRefused { checkAbsentPath(type.value, at: node) }
        let backend = field("backend", of: mapping) { $0.backend($1) }
        if case .absent = backend { refuseMissing("backend", at: node.position) }
        guard let backend = backend.value, !type.isRefused, !path.isRefused else { return nil }
        return Ingress.Path(path: path.value, pathType: type.value, backend: backend)
    }

    private mutating func pathType(_ node: Node) -> Ingress.PathType? {
        mark(node)
        return choice(node)
    }

    private mutating func pathText(_ node: Node, _ type: Ingress.PathType?) -> String? {
        mark(node)
        guard let path = text(node) else { return nil }
        guard let problem = PathRule.problem(of: path, type: type) else { return path }
        refuse("invalid-path", problem, at: node)
        return nil
    }

    private mutating func checkAbsentPath(_ type: Ingress.PathType?, at node: Node) {
        guard type == .exact || type == .prefix else { return }
        at(.key("path")) { reader in
            reader.report(
                .warning,
                "missing-field",
                "a path of type Exact or Prefix needs 'path', and a cluster refuses this one; it acts as '/'",
                at: node.position
            )
        }
    }

    private mutating func reportMissingPathType(at node: Node) {
        at(.key("pathType")) { reader in
            reader.report(
                .warning,
                "missing-field",
                "'pathType' is missing, and a cluster refuses the Ingress; the path acts as ImplementationSpecific",
                at: node.position,
                hint: "write 'pathType: Prefix', 'Exact' or 'ImplementationSpecific'"
            )
        }
    }
}

extension Node {
    fileprivate var isEmptyList: Bool {
        if case .sequence(let items) = value { items.isEmpty } else { false }
    }
}
