import Diagnostics
import KubernetesModel

extension Ingress {
    /// Reads the annotations, and says of each that has no effect why.
    ///
    /// - Parameter defaults: What holds where an annotation is absent.
    func options(orElse defaults: IngressOptions, _ diagnostics: inout [Diagnostic]) -> IngressOptions {
        var options = defaults
        guard !metadata.annotations.isEmpty else { return options }
        let names = metadata.annotations.keys.filter { $0.hasPrefix(AnnotationTable.prefix) }
        for key in names.sorted() {
            // ingress-nginx treats an empty value like an absent annotation.
            guard let value = metadata.annotations[key], !value.isEmpty else { continue }
            let name = String(key.dropFirst(AnnotationTable.prefix.count))
            if let definition = AnnotationTable.definitionsByName[name] {
                do throws(ValueError) {
                    try definition.apply(value, &options)
                } catch {
                    diagnostics.append(.invalidAnnotation(definition, error, of: self, at: key, defaults))
                }
            } else if AnnotationTable.unreadGuards.contains(name), value != "false" {
                options.isDenied = true
                diagnostics.append(.annotationNotHonoured(name, of: self, at: key))
            } else {
                diagnostics.append(.annotationWithoutEffect(name, of: self, at: key))
            }
        }
        return options
    }
}

extension Diagnostic {
    fileprivate static func invalidAnnotation(
        _ definition: OptionDefinition,
        _ error: ValueError,
        of ingress: Ingress,
        at key: String,
        _ defaults: IngressOptions
    ) -> Diagnostic {
        ingress.finding(
            .warning,
            "annotation-invalid",
            "the value of '\(definition.name)' \(error.reason); \(definition.consequence(defaults))",
            at: "metadata.annotations[\(key)]"
        )
    }

    fileprivate static func annotationNotHonoured(_ name: String, of ingress: Ingress, at key: String) -> Diagnostic {
        ingress.finding(
            .error,
            "annotation-not-honoured",
            "'\(name)' guards access, and Postern does not read it; the paths of the Ingress answer 503",
            at: "metadata.annotations[\(key)]",
            hint: "remove the annotation to serve the paths to everybody"
        )
    }

    fileprivate static func annotationWithoutEffect(_ name: String, of ingress: Ingress, at key: String) -> Diagnostic {
        let field = "metadata.annotations[\(key)]"
        if AnnotationTable.unread.contains(name) || AnnotationTable.unreadGuards.contains(name) {
            return ingress.finding(
                .warning,
                "annotation-not-read",
                "'\(name)' has no effect: Postern does not read it",
                at: field
            )
        }
        let known =
            AnnotationTable.definitionsByName.keys.sorted()
            + (AnnotationTable.unreadGuards.union(AnnotationTable.unread)).sorted()
        return ingress.finding(
            .warning,
            "annotation-unknown",
            "'\(name)' has no effect: there is no such annotation",
            at: field,
            hint: Spelling.suggestion(for: name, among: known).map { "did you mean '\($0)'?" }
        )
    }
}
