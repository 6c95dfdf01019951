import Diagnostics
import KubernetesModel
import YAML

/// Finds out what kinds of objects a document holds, and has each of them read.
struct DocumentDecoder {
    let file: String
    let defaultNamespace: String
    private(set) var objects: [ManifestObject] = []
    /// The objects that are of no use.
    private(set) var refused: [ObjectReference] = []
    private(set) var nature = DocumentNature.other
    /// The findings about the objects.
    private var ofObjects: [Diagnostic] = []
    private(set) var asides: [ManifestReading.Part.Aside] = []
    /// The object that the document is; `nil` for a list, and for one without a name.
    private(set) var only: ObjectReference?
    private var findings = FindingList()

    init(file: String, defaultNamespace: String) {
        self.file = file
        self.defaultNamespace = defaultNamespace
    }

    var diagnostics: [Diagnostic] { ofObjects + findings.reported(about: "this document") }

    /// Reads an object, or the items of a list; `list` is the type that items of a typed list leave out.
    mutating func read(_ node: Node, inheriting list: ObjectType?) {
        guard !node.isNull, node.value != .refused else { return }
        guard case .mapping(let mapping) = node.value else {
            findings.append(.warning, .notAnObject(at: node.position, file: file))
            return
        }
        guard let type = type(of: mapping, at: node.position, inheriting: list) else { return }
        nature = .manifest
        if type.isList, let items = mapping["items"] {
            defer { nature = .manifest }
            // A list of somebody else's kind holds nothing to read, and need not be a list of objects at all.
            if type.item.map({ Recognition($0) }) != .foreign { readItems(items, of: type) }
            return
        }
        switch Recognition(type) {
        case .foreign:
            nature = .foreign
        case .known where mapping.isEncrypted:
            nature = .encrypted
            findings.append(.note, .encrypted(type, at: node.position, file: file))
        case .misspelt(let suggestion):
            findings.append(
                .warning,
                .misspeltKind(type, suggestion, at: mapping["kind"]?.position ?? node.position, file)
            )
        case .otherVersion(let kind):
            let position = mapping["apiVersion"]?.position ?? node.position
            findings.append(.error, .otherVersion(type, of: kind, at: position, file))
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
            findings.append(.error, .itemsAreNoList(at: items.position, file: file))
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
        if let object = reader.object(kind) {
            objects.append(object)
        } else if let reference = reader.reference {
            refused.append(reference)
        }
        let found = reader.diagnostics
        ofObjects += found
        nature = kind.isReliedOn ? .reliedOn : .manifest
        only = reader.reference
        if kind.isReliedOn { asides += found.map { .init(object: reader.reference, finding: $0) } }
        if found.contains(where: { $0.severity == .error }), root.holdsPlaceholder { nature = .template }
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
            nature = .manifest
            let place = mapping["apiVersion"]?.position ?? position
            findings.append(.error, .noVersion(kind, at: place, file: file))
        } else {
            if mapping.looksLikeObject { nature = .manifest }
            findings.append(.warning, .notAnObject(at: position, file: file))
        }
        return nil
    }

    private func text(of node: Node) -> String? {
        guard case .scalar(let scalar) = node.value, scalar.meaning == .string, !scalar.text.isEmpty else { return nil }
        return scalar.text
    }
}

extension Diagnostic {
    fileprivate static func encrypted(_ type: ObjectType, at position: Node.Position, file: String) -> Diagnostic {
        Diagnostic(
            .note,
            code: "encrypted",
            "this \(type.kind.excerpt) is encrypted by SOPS; it is left out",
            position: SourcePosition(position, in: file),
            hint: "decrypt it first, with 'sops --decrypt'"
        )
    }

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
            "\(type.apiVersion.excerpt) has no kind '\(type.kind.excerpt)'; the object is left out",
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
            "\(kind.rawValue) is not read in '\(type.apiVersion.excerpt)'; the object is left out",
            field: "apiVersion",
            position: SourcePosition(position, in: file),
            hint: "versions that are read: \(kind.apiVersions.joined(separator: ", "))"
        )
    }
}
