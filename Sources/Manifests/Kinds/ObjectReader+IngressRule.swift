import Diagnostics
import KubernetesModel
import YAML

/// The hosts and paths of an Ingress.
extension ObjectReader {
    mutating func rule(_ node: Node) -> Ingress.Rule? {
        mark(node)
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
        guard let violation = PathRule.violation(of: path, type: type) else { return path }
        refuse("path-invalid", violation, at: node)
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

    mutating func host(_ node: Node) -> String? {
        mark(node)
        guard let host = text(node) else { return nil }
        guard let violation = host.isEmpty ? nil : HostRule.violation(of: host) else { return host }
        refuse("host-invalid", violation.text, at: node, hint: violation.hint)
        return nil
    }
}

/// The paths that an Ingress may name.
enum PathRule {
    private static let forbiddenParts = ["//", "/./", "/../", "%2f", "%2F"]
    private static let forbiddenEnds = ["/..", "/."]

    /// Returns what is wrong with a path of a type, or `nil`; an empty path is one that was left out.
    static func violation(of path: String, type: Ingress.PathType?) -> String? {
        guard !path.isEmpty else { return nil }
        guard path.hasPrefix("/") else { return "a path must begin with '/'" }
        guard type == .exact || type == .prefix else { return nil }
        if let part = forbiddenParts.first(where: path.contains) {
            return "a path of type Exact or Prefix cannot contain '\(part)'"
        }
        if let end = forbiddenEnds.first(where: path.hasSuffix) {
            return "a path of type Exact or Prefix cannot end with '\(end)'"
        }
        return nil
    }
}
