import Diagnostics
import KubernetesModel

/// The annotations of an Ingress that have values which count.
struct AnnotationValues {
    let ingress: Ingress
    let reference: ObjectReference
    private let prefix: String
    /// The fields of annotations that findings are about already.
    private let invalid: Set<String>

    init(_ ingress: Ingress, _ reference: ObjectReference, _ prefix: String, invalid: Set<String>) {
        (self.ingress, self.reference, self.prefix, self.invalid) = (ingress, reference, prefix, invalid)
    }

    subscript(name: String) -> String? {
        guard let value = ingress.metadata.annotations["\(prefix)/\(name)"], !value.isEmpty else { return nil }
        return invalid.contains(field(name)) ? nil : value
    }

    func isTrue(_ name: String) -> Bool { self[name]?.lowercased() == "true" }

    func key(_ name: String) -> String { "\(prefix)/\(name)" }

    func field(_ name: String) -> String { "metadata.annotations[\(key(name))]" }

    /// A finding at an annotation.
    func finding(
        _ severity: Diagnostic.Severity,
        code: String,
        _ message: String,
        at name: String,
        hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            severity,
            code: code,
            message,
            object: reference,
            field: field(name),
            position: ingress.metadata.source?.position(of: field(name)),
            hint: hint
        )
    }
}
