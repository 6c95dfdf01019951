import Diagnostics
import KubernetesModel

/// Decides which Ingresses are ours.
///
/// `spec.ingressClassName` decides where it is set, else the annotation, else the default class, else
/// `--watch-ingress-without-class`. See
/// [Ingress class](https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class).
struct ClassSelection {
    static let annotation = "kubernetes.io/ingress.class"

    private let classes: [String: IngressClass]
    private let defaultClass: IngressClass?
    private let settings: TranslationSettings

    init(_ classes: [IngressClass], _ settings: TranslationSettings) {
        self.classes = Dictionary(classes.map { ($0.metadata.name, $0) }, uniquingKeysWith: { first, _ in first })
        defaultClass = classes.filter(\.isDefault).min { $0.metadata.name < $1.metadata.name }
        self.settings = settings
    }

    /// What our classes ask for that is not there.
    var remarks: [Diagnostic] {
        classes.values.filter { $0.parameters != nil && isOurs($0) }.map(Diagnostic.parametersUnused)
    }

    func selects(_ ingress: Ingress, _ diagnostics: inout [Diagnostic]) -> Bool {
        guard isOurs(ingress, &diagnostics) else { return false }
        if settings.disablesCatchAll, ingress.isCatchAll {
            diagnostics.append(.catchAllDisabled(ingress))
            return false
        }
        return true
    }

    private func isOurs(_ ingress: Ingress, _ diagnostics: inout [Diagnostic]) -> Bool {
        if let name = ingress.ingressClassName {
            return selectsClass(named: name, of: ingress, &diagnostics)
        }
        if let name = ingress.metadata.annotations[Self.annotation] {
            return name == settings.ingressClass
        }
        // An API server writes the default class into new Ingresses; manifests in files have not met one.
        if settings.readsManifests, let defaultClass { return isOurs(defaultClass) }
        guard settings.watchesIngressWithoutClass else {
            diagnostics.append(.classMissing(ingress, isTaken: false))
            return false
        }
        if settings.assumesMissingObjects { diagnostics.append(.classMissing(ingress, isTaken: true)) }
        return true
    }

    private func selectsClass(named name: String, of ingress: Ingress, _ diagnostics: inout [Diagnostic]) -> Bool {
        if settings.selectsClassByName { return name == settings.ingressClass }
        if let ingressClass = classes[name] { return isOurs(ingressClass) }
        // The usual name needs no remark: most repositories of Ingresses lack the class itself.
        if settings.readsManifests, name == settings.ingressClass { return true }
        let isAssumed = settings.assumesMissingObjects
        diagnostics.append(.classNotFound(name, of: ingress, isAssumed: isAssumed))
        return isAssumed
    }

    private func isOurs(_ ingressClass: IngressClass) -> Bool {
        settings.selectsClassByName
            ? ingressClass.metadata.name == settings.ingressClass
            : settings.controllerClasses.contains(ingressClass.controller)
    }
}

extension Ingress {
    /// Whether the Ingress asks for requests of every host.
    fileprivate var isCatchAll: Bool {
        rules.isEmpty ? defaultBackend != nil : rules.contains { ($0.host ?? "").isEmpty }
    }
}

extension Diagnostic {
    fileprivate static func parametersUnused(_ ingressClass: IngressClass) -> Diagnostic {
        ingressClass.finding(
            .warning,
            "class-parameters-unused",
            "the class names \((ingressClass.parameters ?? "parameters").printable), and classes take no parameters here; "
                + "its Ingresses are served without",
            at: "spec.parameters",
            hint: "set what it holds by options of the controller, or by annotations"
        )
    }

    fileprivate static func catchAllDisabled(_ ingress: Ingress) -> Diagnostic {
        ingress.finding(
            .warning,
            "catch-all-disabled",
            "the Ingress is for every host, which --disable-catch-all forbids; it is left out",
            at: "spec.rules"
        )
    }

    fileprivate static func classMissing(_ ingress: Ingress, isTaken: Bool) -> Diagnostic {
        isTaken
            ? ingress.finding(
                .note,
                "class-missing",
                "the Ingress names no class; it is served here, but a cluster without a default class may not",
                at: "spec.ingressClassName",
                hint: "set spec.ingressClassName, or leave such Ingresses out with --no-watch-ingress-without-class"
            )
            : ingress.finding(
                .note,
                "class-missing",
                "the Ingress names no class; it is left out",
                at: "spec.ingressClassName",
                hint: "set spec.ingressClassName, or take such Ingresses with --watch-ingress-without-class"
            )
    }

    fileprivate static func classNotFound(_ name: String, of ingress: Ingress, isAssumed: Bool) -> Diagnostic {
        isAssumed
            ? ingress.finding(
                .note,
                "class-assumed",
                "IngressClass '\(name)' is not in the input; it is taken for ours",
                at: "spec.ingressClassName"
            )
            : ingress.finding(
                .warning,
                "class-not-found",
                "IngressClass '\(name)' does not exist; the Ingress is left out",
                at: "spec.ingressClassName"
            )
    }
}
