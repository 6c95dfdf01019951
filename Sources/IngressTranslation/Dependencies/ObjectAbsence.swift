import Diagnostics
import KubernetesModel

/// Why an object that an Ingress names is not there to be read.
enum ObjectAbsence: Error, Hashable {
    case missing
    /// It is there, and nothing can be made of it, or the controller may not read it.
    case unreadable
    /// The input lacks it, as a repository may; it is taken to exist.
    case assumed
}

extension Ingress {
    /// The finding on an annotation that names a ConfigMap which is not there to be read.
    ///
    /// - Parameters:
    ///   - key: The whole key of the annotation.
    ///   - consequence: What becomes of requests, as in `the paths of the Ingress answer 503`.
    ///   - assumption: What is assumed of one that the input lacks, as in `it is taken for empty`.
    func finding(
        _ absence: ObjectAbsence,
        ofConfigMap name: NamespacedName,
        at key: String,
        consequence: String,
        assumption: String
    ) -> Diagnostic {
        let field = "metadata.annotations[\(key)]"
        return switch absence {
        case .missing:
            finding(
                .error,
                "configmap-not-found",
                "ConfigMap '\(name)', which the Ingress names, is not found; \(consequence)",
                at: field
            )
        case .unreadable:
            finding(
                .error,
                "configmap-unreadable",
                "ConfigMap '\(name)', which the Ingress names, cannot be read; \(consequence)",
                at: field,
                hint: "another finding tells why it cannot be read"
            )
        case .assumed:
            finding(
                .note,
                "configmap-assumed",
                "ConfigMap '\(name)', which the Ingress names, is not in the input; \(assumption)",
                at: field
            )
        }
    }
}
