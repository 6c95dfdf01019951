import Diagnostics
import KubernetesModel

extension KubernetesObject {
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
