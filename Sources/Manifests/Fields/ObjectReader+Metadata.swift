import KubernetesModel
import TextCoding
import YAML

/// The metadata that all kinds share.
///
/// A cluster refuses an object whose metadata is wrong. So is it here: to serve an Ingress without an annotation that
/// nobody could read might open what the annotation was to close.
extension ObjectReader {
    private static let schema = Schema([
        "annotations", "clusterName", "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp",
        "finalizers", "generateName", "generation", "initializers", "labels", "managedFields", "name", "namespace",
        "ownerReferences", "resourceVersion", "selfLink", "uid",
    ])

    /// Of all annotations together, keys and values, in bytes.
    private static let mostAnnotations = 256 << 10

    mutating func metadata(_ nameRule: NameRule) -> ObjectMetadata? {
        guard let node = root["metadata"], !node.isNull else {
            refuseMissing("metadata", at: position)
            return nil
        }
        return at(.key("metadata")) { $0.metadata(node, nameRule) }
    }

    private mutating func metadata(_ node: Node, _ nameRule: NameRule) -> ObjectMetadata? {
        guard let mapping = mapping(node, Self.schema) else { return nil }
        let name = field("name", of: mapping) { reader, node in
            reader.mark(node)
            return reader.name(node, nameRule)
        }
        if case .absent = name { refuseMissing("name", at: node.position) }
        let namespace = field("namespace", of: mapping) { $0.namespace($1) }
        let labels = field("labels", of: mapping) { $0.texts($1, marking: false) }
        let annotations = field("annotations", of: mapping) { $0.annotations($1) }
        let creation = field("creationTimestamp", of: mapping) { $0.timestamp($1) }
        let generation = field("generation", of: mapping) { $0.integer($1) }
        guard let name = name.value, !namespace.isRefused, !labels.isRefused, !annotations.isRefused else { return nil }
        return ObjectMetadata(
            name: name,
            namespace: kind.isNamespaced ? namespace.value ?? defaultNamespace : "",
            labels: labels.value ?? [:],
            annotations: annotations.value ?? [:],
            creationTimestamp: creation.value,
            generation: generation.value.map(Int64.init)
        )
    }

    mutating func name(_ node: Node, _ rule: NameRule) -> String? {
        guard let text = text(node) else { return nil }
        guard rule.allows(text) else {
            refuse("name-invalid", "this is not a name that Kubernetes allows here: \(rule.description)", at: node)
            return nil
        }
        return text
    }

    private mutating func namespace(_ node: Node) -> String? {
        if case .scalar(let scalar) = node.value, scalar.text.isEmpty { return defaultNamespace }
        return name(node, .label)
    }

    private mutating func annotations(_ node: Node) -> [String: String]? {
        let marking = kind == .ingress || kind == .ingressClass
        if marking { mark(node) }
        guard let annotations = texts(node, marking: marking) else { return nil }
        guard case .mapping(let mapping) = node.value else { return nil }
        let size = annotations.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        guard size <= Self.mostAnnotations else {
            let reason = "the annotations have \(size) bytes, and Kubernetes takes \(Self.mostAnnotations)"
            refuse("annotations-too-long", reason, at: node)
            return nil
        }
        var isValid = true
        for entry in mapping.entries where !QualifiedName.allows(entry.key) {
            isValid = false
            at(.entry(entry.key)) { reader in
                reader.refuse("name-invalid", QualifiedName.violation, at: entry.keyPosition)
            }
        }
        return isValid ? annotations : nil
    }

    /// A mapping from text to text; `nil` when one of the values is something else.
    private mutating func texts(_ node: Node, marking: Bool) -> [String: String]? {
        guard case .mapping(let mapping) = node.value else {
            refuseType(of: node, expected: "a mapping")
            return nil
        }
        var texts = [String: String](minimumCapacity: mapping.entries.count)
        var isValid = true
        for entry in mapping.entries {
            at(.entry(entry.key)) { reader in
                if marking { reader.mark(entry.value) }
                if let text = entry.value.isNull ? "" : reader.text(entry.value) {
                    texts[entry.key] = text
                } else {
                    isValid = false
                }
            }
        }
        return isValid ? texts : nil
    }

    private mutating func timestamp(_ node: Node) -> Int64? {
        losing("time") { reader in
            guard let text = reader.text(node) else { return nil }
            guard let time = UTCTimestamp(rfc3339: text) else {
                reader.refuse("time-invalid", "expected a time such as '2026-01-31T12:00:00Z'", at: node)
                return nil
            }
            return time.seconds
        }
    }
}
