package import Diagnostics
import Incremental

/// The metadata of every object: its name, its labels of interest, and where it was read.
///
/// See [ObjectMeta](https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/).
package struct ObjectMetadata: Sendable, Hashable {
    private struct Fields: Sendable, Hashable, Codable {
        var name: String
        var namespace: String
        var labels: [String: String]
        var annotations: [String: String]
        var creationTimestamp: Int64?
        var generation: Int64?
        var source: ManifestSource?

        /// A place is one in a file as it is now, and means nothing to whoever reads the object later.
        enum CodingKeys: String, CodingKey {
            case name, namespace, labels, annotations, creationTimestamp, generation
        }
    }

    private var fields: ByReference<Fields>

    package init(
        name: String,
        namespace: String = "",
        labels: [String: String] = [:],
        annotations: [String: String] = [:],
        creationTimestamp: Int64? = nil,
        generation: Int64? = nil,
        source: ManifestSource? = nil
    ) {
        fields = ByReference(
            Fields(
                name: name,
                namespace: namespace,
                labels: labels,
                annotations: annotations,
                creationTimestamp: creationTimestamp,
                generation: generation,
                source: source
            )
        )
    }

    package var name: String {
        get { fields.value.name }
        set { fields.value.name = newValue }
    }

    /// Empty for objects that live in no namespace; `default` is filled in by whoever reads a file without one.
    package var namespace: String {
        get { fields.value.namespace }
        set { fields.value.namespace = newValue }
    }

    package var labels: [String: String] { fields.value.labels }

    package var annotations: [String: String] {
        get { fields.value.annotations }
        set { fields.value.annotations = newValue }
    }

    /// Seconds since 1970; `nil` where the source has none, as manifests in files.
    package var creationTimestamp: Int64? {
        get { fields.value.creationTimestamp }
        set { fields.value.creationTimestamp = newValue }
    }

    package var generation: Int64? { fields.value.generation }

    /// Where the object and its fields stand in a file; `nil` for objects from an API server.
    package var source: ManifestSource? {
        get { fields.value.source }
        set { fields.value.source = newValue }
    }

    package var namespacedName: NamespacedName { NamespacedName(namespace: namespace, name: name) }

    /// Whether both are copies of one, so that they need not be compared.
    package func isCopy(of other: Self) -> Bool { fields.isCopy(of: other.fields) }
}

extension ObjectMetadata: Codable {
    package init(from decoder: any Decoder) throws { fields = ByReference(try Fields(from: decoder)) }

    package func encode(to encoder: any Encoder) throws { try fields.value.encode(to: encoder) }
}

/// Where an object and its fields stand in a manifest.
package struct ManifestSource: Sendable, Hashable {
    package var position: SourcePosition
    /// Line and column of the value of each field that a finding may point at, by the field's path.
    ///
    /// A path is `spec.rules[0].host` or `metadata.annotations[nginx.ingress.kubernetes.io/app-root]`.
    package var fields: [String: FieldPosition]

    package struct FieldPosition: Sendable, Hashable {
        package var line: Int
        package var column: Int

        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    package init(position: SourcePosition, fields: [String: FieldPosition] = [:]) {
        self.position = position
        self.fields = fields
    }

    /// The position of a field, or of the nearest field around it that is known, or of the object.
    package func position(of field: String) -> SourcePosition {
        var path = Substring(field)
        while !path.isEmpty {
            if let place = fields[String(path)] {
                return SourcePosition(file: position.file, line: place.line, column: place.column)
            }
            guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
            path = path[..<cut]
        }
        return position
    }
}

/// One of the Kubernetes objects that Postern reads.
package protocol KubernetesObject: Sendable, Hashable {
    static var kind: String { get }
    var metadata: ObjectMetadata { get }

    /// Whether the object says the same as another in the same place, so that what came of one comes of both.
    func isSame(as other: Self) -> Bool
}

extension KubernetesObject {
    package var namespacedName: NamespacedName { metadata.namespacedName }

    /// The object as findings and origins name it; `nil` only for a name that Kubernetes does not allow.
    package var reference: ObjectReference? {
        ObjectReference(kind: Self.kind, namespace: metadata.namespace, name: metadata.name)
    }
}
