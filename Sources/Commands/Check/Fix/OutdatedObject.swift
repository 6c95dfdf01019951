import Diagnostics
import Manifests
import YAML

/// An Ingress or IngressClass in a version that clusters no longer serve.
struct OutdatedObject {
    static let current = "networking.k8s.io/v1"
    private static let versions: Set = ["extensions/v1beta1", "networking.k8s.io/v1beta1"]
    private static let kinds: Set = ["Ingress", "IngressClass"]

    let reference: ObjectReference
    let apiVersion: String
    let mapping: Mapping
    /// Of the object, and of its version.
    let position: Node.Position
    let versionPosition: Node.Position

    private init?(_ node: Node) {
        guard case .mapping(let mapping) = node.value, let version = mapping["apiVersion"],
            let kind = mapping["kind"]?.text, Self.kinds.contains(kind),
            let text = version.text, Self.versions.contains(text),
            let metadata = mapping["metadata"], let name = metadata["name"]?.text
        else { return nil }
        let namespace = kind == "Ingress" ? metadata["namespace"]?.text ?? "default" : ""
        guard let reference = ObjectReference(kind: kind, namespace: namespace, name: name) else { return nil }
        self.reference = reference
        self.mapping = mapping
        apiVersion = text
        position = node.position
        versionPosition = version.position
    }

    /// Those of a file, also within lists.
    static func all(in file: ManifestFile) -> [OutdatedObject] {
        guard file.bytes.contains("v1beta1".utf8) else { return [] }
        return DocumentReader(file.bytes, file: file.name).compactMap(\.root).flatMap(all)
    }

    private static func all(in node: Node) -> [OutdatedObject] {
        if let object = OutdatedObject(node) { return [object] }
        guard node["kind"]?.text?.hasSuffix("List") == true, case .sequence(let items)? = node["items"]?.value else {
            return []
        }
        return items.compactMap(OutdatedObject.init)
    }

    /// What its first backend is in the new version, as `service: {name: web, port: {number: 80}}`.
    var form: String {
        let spec = mapping["spec"]
        var backend = spec?["backend"]
        if case .sequence(let rules)? = spec?["rules"]?.value, backend == nil {
            backend = rules.lazy.compactMap(\.firstBackend).first
        }
        guard case .scalar(let name)? = backend?["serviceName"]?.value,
            case .scalar(let port)? = backend?["servicePort"]?.value
        else { return "" }
        let field = if case .integer = port.meaning { "number" } else { "name" }
        return ", 'pathType', and backends such as 'service: {name: \(name.text), port: {\(field): \(port.text)}}'"
    }
}

extension Node {
    fileprivate var firstBackend: Node? {
        guard case .sequence(let paths)? = self["http"]?["paths"]?.value else { return nil }
        return paths.first?["backend"]
    }
}

extension Sequence<UInt8> where Self: RandomAccessCollection {
    /// Whether the bytes stand somewhere in it.
    fileprivate func contains(_ other: String.UTF8View) -> Bool {
        let other = Array(other)
        guard let first = other.first else { return true }
        var rest = self[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: other) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
