import Diagnostics
import KubernetesModel
import YAML

/// Reads the fields of one object, and collects what is wrong with them.
///
/// A function that reads a field returns `nil` when it has said why there is no value.
struct ObjectReader {
    let root: Mapping
    let kind: ObjectKind
    let apiVersion: String
    /// `nil` for an object of an API server, which has no places, and no fields but those that Kubernetes defines.
    let file: String?
    let defaultNamespace: String
    let position: Node.Position
    private(set) var reference: ObjectReference?
    private var findings = FindingList()
    private var marks: [(field: String, position: ManifestSource.FieldPosition)] = []
    private var path = FieldPath()
    /// The part that is left out when the field at hand is of no use.
    private var loss: String

    init(
        root: Mapping,
        position: Node.Position,
        kind: ObjectKind,
        apiVersion: String,
        file: String?,
        defaultNamespace: String
    ) {
        self.root = root
        self.position = position
        self.kind = kind
        self.apiVersion = apiVersion
        self.file = file
        self.defaultNamespace = defaultNamespace
        loss = kind.rawValue
        reference = ObjectReference(root: root, kind: kind, defaultNamespace: defaultNamespace)
    }

    /// The findings about the object.
    var diagnostics: [Diagnostic] { findings.reported(about: reference?.description ?? "this \(kind.rawValue)") }

    /// Reads with `component` added to the path.
    mutating func at<Result>(_ component: FieldPath.Component, _ body: (inout Self) -> Result) -> Result {
        path.push(component)
        defer { path.pop() }
        return body(&self)
    }

    /// Reads something that can be left out alone, such as one path of many.
    mutating func losing<Result>(_ part: String, _ body: (inout Self) -> Result) -> Result {
        let outer = loss
        loss = part
        defer { loss = outer }
        return body(&self)
    }

    /// Reads a field if it is there; `hub` is its name in the newest version if that differs.
    mutating func field<Value>(
        _ key: String,
        of mapping: Mapping,
        hub: String? = nil,
        _ body: (inout Self, Node) -> Value?
    ) -> Field<Value> {
        guard let node = mapping[key], !node.isNull else { return .absent }
        return at(hub.map { .renamed(hub: $0, written: key) } ?? .key(key)) { reader in
            body(&reader, node).map { .value($0) } ?? .refused
        }
    }

    /// Remembers where the field at hand stands, for the findings of later stages.
    mutating func mark(_ node: Node) {
        guard file != nil else { return }
        marks.append((path.inHub, .init(line: node.position.line, column: node.position.column)))
    }

    /// Reads something that takes its marks with it when it is left out.
    mutating func forgetting<Value>(_ body: (inout Self) -> Value?) -> Value? {
        let count = marks.count
        let value = body(&self)
        if value == nil { marks.removeLast(marks.count - count) }
        return value
    }

    /// Where the object stands, with the fields that were marked until now.
    var source: ManifestSource? {
        file.map { file in
            ManifestSource(
                position: SourcePosition(position, in: file),
                fields: Dictionary(marks.map { ($0.field, $0.position) }) { _, last in last }
            )
        }
    }

    /// Says that the field at hand is of no use, and what that leaves out.
    mutating func refuse(_ code: String, _ reason: String, at node: Node, hint: String? = nil) {
        refuse(code, reason, at: node.position, hint: hint)
    }

    mutating func refuse(_ code: String, _ reason: String, at place: Node.Position, hint: String? = nil) {
        report(.error, code, "\(reason); the \(loss) is left out", at: place, hint: hint)
    }

    mutating func report(
        _ severity: Diagnostic.Severity,
        _ code: String,
        _ message: String,
        at place: Node.Position,
        hint: @autoclosure () -> String? = nil
    ) {
        // What a finding is made of only where it is told.
        let (reference, path, file) = (reference, path, file)
        findings.append(
            severity,
            Diagnostic(
                severity,
                code: code,
                message,
                object: reference,
                field: path.isEmpty ? nil : path.asWritten,
                position: file.map { SourcePosition(place, in: $0) },
                hint: hint()
            )
        )
    }
}

extension ObjectReference {
    /// The object by the name that it gives itself, if that can be printed.
    fileprivate init?(root: Mapping, kind: ObjectKind, defaultNamespace: String) {
        guard case .mapping(let metadata) = root["metadata"]?.value else { return nil }
        guard case .scalar(let name) = metadata["name"]?.value else { return nil }
        var namespace = ""
        if kind.isNamespaced {
            namespace = defaultNamespace
            if case .scalar(let scalar) = metadata["namespace"]?.value, !scalar.text.isEmpty { namespace = scalar.text }
        }
        self.init(kind: kind.rawValue, namespace: namespace, name: name.text)
    }
}
