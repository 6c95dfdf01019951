import Diagnostics
import KubernetesModel

extension Ingress {
    /// Reads the annotations, and says of each that has no effect why.
    ///
    /// - Parameter defaults: What holds where an annotation is absent.
    func options(orElse defaults: IngressOptions, _ diagnostics: inout [Diagnostic]) -> IngressOptions {
        var options = defaults
        guard !metadata.annotations.isEmpty else { return options }
        for key in metadata.annotations.keys.sorted() {
            guard let value = metadata.annotations[key] else { continue }
            guard key.hasPrefix(AnnotationTable.prefix) else {
                if let finding = finding(onForeign: key) { diagnostics.append(finding) }
                continue
            }
            let name = String(key.dropFirst(AnnotationTable.prefix.count))
            if let row = GuardTable.annotations[name] {
                options.apply(row, value, of: self, at: key, &diagnostics)
            } else if !value.isEmpty {
                // ingress-nginx treats an empty value like an absent annotation.
                options.apply(name, value, of: self, at: key, defaults, &diagnostics)
            }
        }
        return options
    }

    /// The value of an annotation of ingress-nginx by its name.
    func annotation(_ name: String) -> String? { metadata.annotations[AnnotationTable.prefix + name] }
}

extension IngressOptions {
    /// Takes over the value of an annotation that guards nothing.
    fileprivate mutating func apply(
        _ name: String,
        _ value: String,
        of ingress: Ingress,
        at key: String,
        _ defaults: IngressOptions,
        _ diagnostics: inout [Diagnostic]
    ) {
        guard let definition = AnnotationTable.definitionsByName[name] else {
            guard AnnotationTable.idleValues[name] != value else { return }
            diagnostics.append(.annotationWithoutEffect(name, of: ingress, at: key))
            return
        }
        do throws(ValueError) {
            try definition.apply(value, &self)
            if !ingress.has(definition.need, rewriteTarget) {
                diagnostics.append(.annotationOutOfPlace(definition, of: ingress, at: key))
            }
        } catch {
            diagnostics.append(.invalidAnnotation(definition, error, of: ingress, at: key, defaults))
        }
    }

    /// Takes over what the value of a guard that is not read comes to.
    fileprivate mutating func apply(
        _ row: GuardDefinition,
        _ value: String,
        of ingress: Ingress,
        at key: String,
        _ diagnostics: inout [Diagnostic]
    ) {
        guard !row.isOff(ingress.annotation) else {
            diagnostics.append(.annotationWithoutEffect(row.name, of: ingress, at: key))
            return
        }
        switch row.rule.verdict(on: value) {
        case .restrictsNobody: break
        case .isMissed: diagnostics.append(.annotationWithoutEffect(row.name, of: ingress, at: key))
        case .deniesNetwork(let network): deniedNetwork = network
        case .guards(let reason):
            isDenied = true
            if row.concernsHost { hostGuard = hostGuard ?? row.name }
            diagnostics.append(.annotationNotHonoured(row, reason, of: ingress, at: key))
        }
    }
}

extension Ingress {
    fileprivate func has(_ need: OptionDefinition.Need, _ target: RewriteTarget?) -> Bool {
        switch need {
        case .anything: true
        case .rule: !rules.isEmpty
        // A redirect of all requests needs a host alone.
        case .path: rules.contains { !($0.paths ?? []).isEmpty } || !rules.isEmpty && target?.isURL ?? false
        }
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

    fileprivate static func annotationNotHonoured(
        _ row: GuardDefinition,
        _ reason: GuardVerdict.Reason,
        of ingress: Ingress,
        at key: String
    ) -> Diagnostic {
        ingress.finding(
            .error,
            "annotation-not-honoured",
            "'\(row.name)' \(reason.text); "
                + (row.concernsHost ? "the hosts of the Ingress answer 503" : "the paths of the Ingress answer 503"),
            at: "metadata.annotations[\(key)]",
            hint: "remove the annotation to serve the paths to everybody"
        )
    }

    fileprivate static func annotationOutOfPlace(
        _ definition: OptionDefinition,
        of ingress: Ingress,
        at key: String
    ) -> Diagnostic {
        let what = definition.need == .rule ? "rules" : "paths"
        return ingress.finding(
            .warning,
            "annotation-out-of-place",
            "'\(definition.name)' has no effect: it is about the Ingress's \(what), and there are none",
            at: "metadata.annotations[\(key)]"
        )
    }

    fileprivate static func annotationWithoutEffect(_ name: String, of ingress: Ingress, at key: String) -> Diagnostic {
        let field = "metadata.annotations[\(key)]"
        guard !AnnotationTable.isKnown(name) else {
            return ingress.finding(
                .warning,
                "annotation-not-read",
                "'\(name)' has no effect: Postern does not read it",
                at: field
            )
        }
        let (reason, hint) = MistakenName.explanation(of: name)
        return ingress.finding(
            .warning,
            "annotation-unknown",
            "'\(name.excerpt)' has no effect: \(reason)",
            at: field,
            hint: hint
        )
    }
}
