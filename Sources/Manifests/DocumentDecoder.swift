import Diagnostics
import KubernetesModel
import YAML

/// Finds out what kinds of objects a document holds, and has each of them read.
struct DocumentDecoder {
    let file: String
    let defaultNamespace: String
    private(set) var objects: [ManifestObject] = []
    private(set) var diagnostics: [Diagnostic] = []

    init(file: String, defaultNamespace: String) {
        self.file = file
        self.defaultNamespace = defaultNamespace
    }

    /// Reads an object, or the items of a list; `list` is the type that items of a typed list leave out.
    mutating func read(_ node: Node, inheriting list: ObjectType?) {
        guard !node.isNull, node.value != .refused else { return }
        guard case .mapping(let mapping) = node.value else {
            diagnostics.append(.notAnObject(at: node.position, file: file))
            return
        }
        guard let type = type(of: mapping, at: node.position, inheriting: list) else { return }
        if type.isList, let items = mapping["items"] {
            // A list of somebody else's kind holds nothing to read, and need not be a list of objects at all.
            if type.item.map({ Recognition($0) }) != .foreign { readItems(items, of: type) }
            return
        }
        switch Recognition(type) {
        case .foreign:
            return
        case .misspelt(let suggestion):
            diagnostics.append(.misspeltKind(type, suggestion, at: mapping["kind"]?.position ?? node.position, file))
        case .otherVersion(let kind):
            let position = mapping["apiVersion"]?.position ?? node.position
            diagnostics.append(.otherVersion(type, of: kind, at: position, file))
        case .known(let kind):
            readObject(mapping, at: node.position, kind: kind, type: type)
        }
    }

    private mutating func readItems(_ items: Node, of type: ObjectType) {
        switch items.value {
        case .sequence(let nodes):
            for node in nodes { read(node, inheriting: type.item) }
        case .refused:
            return
        default:
            guard !items.isNull else { return }
            diagnostics.append(.itemsAreNoList(at: items.position, file: file))
        }
    }

    private mutating func readObject(_ root: Mapping, at position: Node.Position, kind: ObjectKind, type: ObjectType) {
        var reader = ObjectReader(
            root: root,
            position: position,
            kind: kind,
            apiVersion: type.apiVersion,
            file: file,
            defaultNamespace: defaultNamespace
        )
        if let object = reader.object(kind) { objects.append(object) }
        diagnostics += reader.diagnostics
    }

    /// Returns `nil`, after saying why, for a mapping that is no Kubernetes object.
    private mutating func type(
        of mapping: Mapping,
        at position: Node.Position,
        inheriting list: ObjectType?
    ) -> ObjectType? {
        let apiVersion = mapping["apiVersion"].flatMap(text) ?? list?.apiVersion
        let kind = mapping["kind"].flatMap(text) ?? list?.kind
        if let apiVersion, let kind { return ObjectType(apiVersion: apiVersion, kind: kind) }
        if let kind, ObjectKind(rawValue: kind) != nil {
            diagnostics.append(.noVersion(kind, at: mapping["apiVersion"]?.position ?? position, file: file))
        } else {
            diagnostics.append(.notAnObject(at: position, file: file))
        }
        return nil
    }

    private func text(of node: Node) -> String? {
        guard case .scalar(let scalar) = node.value, scalar.meaning == .string, !scalar.text.isEmpty else { return nil }
        return scalar.text
    }
}

extension Diagnostic {
    fileprivate static func notAnObject(at position: Node.Position, file: String) -> Diagnostic {
        Diagnostic(
            .warning,
            code: "not-a-kubernetes-object",
            "without apiVersion and kind this is no Kubernetes object; it is left out",
            position: SourcePosition(position, in: file)
        )
    }

    fileprivate static func noVersion(_ kind: String, at position: Node.Position, file: String) -> Diagnostic {
        Diagnostic(
            .error,
            code: "missing-field",
            "this \(kind) has no apiVersion; it is left out",
            field: "apiVersion",
            position: SourcePosition(position, in: file)
        )
    }

    fileprivate static func itemsAreNoList(at position: Node.Position, file: String) -> Diagnostic {
        Diagnostic(
            .error,
            code: "wrong-type",
            "expected a list of objects; none is read",
            field: "items",
            position: SourcePosition(position, in: file)
        )
    }

    fileprivate static func misspeltKind(
        _ type: ObjectType,
        _ suggestion: String,
        at position: Node.Position,
        _ file: String
    ) -> Diagnostic {
        Diagnostic(
            .warning,
            code: "unknown-kind",
            "\(type.apiVersion) has no kind '\(type.kind)'; the object is left out",
            field: "kind",
            position: SourcePosition(position, in: file),
            hint: "did you mean '\(suggestion)'?"
        )
    }

    fileprivate static func otherVersion(
        _ type: ObjectType,
        of kind: ObjectKind,
        at position: Node.Position,
        _ file: String
    ) -> Diagnostic {
        Diagnostic(
            .error,
            code: "unsupported-version",
            "\(kind.rawValue) is not read in '\(type.apiVersion)'; the object is left out",
            field: "apiVersion",
            position: SourcePosition(position, in: file),
            hint: "versions that are read: \(kind.apiVersions.joined(separator: ", "))"
        )
    }
}
