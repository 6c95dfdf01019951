import Diagnostics
import KubernetesModel

extension KubernetesObject {
    /// The object as diagnostics and origins name it; `nil` only for a name that Kubernetes does not allow.
    var reference: ObjectReference? {
        ObjectReference(kind: Self.kind, namespace: metadata.namespace, name: metadata.name)
    }

    /// A finding about one field of the object, placed where the field stands.
    func finding(
        _ severity: Diagnostic.Severity,
        _ code: String,
        _ message: String,
        at field: String? = nil,
        hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            severity,
            code: code,
            message,
            object: reference,
            field: field,
            position: field.map { metadata.source?.position(of: $0) } ?? metadata.source?.position,
            hint: hint
        )
    }
}
