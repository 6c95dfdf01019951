package import Diagnostics

/// What every object carries: its name, its labels of interest, and where it was read.
///
/// See [ObjectMeta](https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/).
package struct ObjectMetadata: Sendable, Hashable, Codable {
    package var name: String
    /// Empty for objects that live in no namespace; `default` is filled in by whoever reads a file without one.
    package var namespace: String
    package var labels: [String: String]
    package var annotations: [String: String]
    /// Seconds since 1970; `nil` where the source has none, as manifests in files.
    package var creationTimestamp: Int64?
    package var generation: Int64?
    /// Where the object and its fields stand in a file; `nil` for objects from an API server.
    package var source: ManifestSource?

    /// A place is one in a file as it is now, and means nothing to whoever reads the object later.
    private enum CodingKeys: String, CodingKey {
        case name, namespace, labels, annotations, creationTimestamp, generation
    }

    package init(
        name: String,
        namespace: String = "",
        labels: [String: String] = [:],
        annotations: [String: String] = [:],
        creationTimestamp: Int64? = nil,
        generation: Int64? = nil,
        source: ManifestSource? = nil
    ) {
        self.name = name
        self.namespace = namespace
        self.labels = labels
        self.annotations = annotations
        self.creationTimestamp = creationTimestamp
        self.generation = generation
        self.source = source
    }

    package var namespacedName: NamespacedName { NamespacedName(namespace: namespace, name: name) }
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
