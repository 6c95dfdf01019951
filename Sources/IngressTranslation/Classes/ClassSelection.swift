import Diagnostics
import KubernetesModel

/// Decides which Ingresses are ours, and what their classes set for them.
///
/// `spec.ingressClassName` decides where it is set, else the annotation, else the default class, else
/// `--watch-ingress-without-class`. See
/// [Ingress class](https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class).
struct ClassSelection {
    static let annotation = "kubernetes.io/ingress.class"

    private let classes: [String: IngressClass]
    private let defaultClass: IngressClass?
    /// What each of our classes sets, by its name.
    private let parameters: [String: ClassParameters]
    private let settings: TranslationSettings
    private var rules: ClassRules { settings.classes }

    init(_ classes: IngressClasses, _ settings: TranslationSettings) {
        let rules = settings.classes
        let all = classes.all
        self.classes = Dictionary(all.map { ($0.metadata.name, $0) }, uniquingKeysWith: { first, _ in first })
        defaultClass = all.filter(\.isDefault).min { $0.metadata.name < $1.metadata.name }
        parameters = self.classes.filter { rules.isOurs($0.value) }.mapValues {
            ClassParameters(of: $0, classes, settings)
        }
        self.settings = settings
    }

    /// What is wrong with the parameters of our classes.
    var remarks: [Diagnostic] {
        // Classes may share a ConfigMap.
        Array(Set(parameters.values.flatMap(\.diagnostics)))
    }

    /// What an Ingress has by its class, before its annotations; `nil` for one that is not ours.
    func options(for ingress: Ingress, _ diagnostics: inout [Diagnostic]) -> IngressOptions? {
        guard let choice = choice(for: ingress, &diagnostics) else { return nil }
        if settings.disablesCatchAll, ingress.isCatchAll {
            diagnostics.append(.catchAllDisabled(ingress))
            return nil
        }
        guard case .named(let name) = choice, let parameters = parameters[name] else { return IngressOptions() }
        let (options, guardKey) = parameters.options(for: ingress)
        if let guardKey { diagnostics.append(.classNotHonoured(guardKey, of: ingress)) }
        return options
    }

    /// The class by which an Ingress is ours.
    private enum Choice {
        case named(String)
        case without
    }

    private func choice(for ingress: Ingress, _ diagnostics: inout [Diagnostic]) -> Choice? {
        if let name = ingress.ingressClassName {
            return selectsClass(named: name, of: ingress, &diagnostics) ? .named(name) : nil
        }
        if let name = ingress.metadata.annotations[Self.annotation] {
            return name == rules.ingressClass ? .named(name) : nil
        }
        // An API server writes the default class into new Ingresses; manifests in files have not met one.
        if settings.readsManifests, let defaultClass {
            return rules.isOurs(defaultClass) ? .named(defaultClass.metadata.name) : nil
        }
        guard rules.takesIngressWithoutClass else {
            diagnostics.append(.classMissing(ingress, isTaken: false))
            return nil
        }
        if settings.assumesMissingObjects { diagnostics.append(.classMissing(ingress, isTaken: true)) }
        return .without
    }

    private func selectsClass(named name: String, of ingress: Ingress, _ diagnostics: inout [Diagnostic]) -> Bool {
        if rules.selectsByName { return name == rules.ingressClass }
        if let ingressClass = classes[name] { return rules.isOurs(ingressClass) }
        // The usual name needs no remark: most repositories of Ingresses lack the class itself.
        if settings.readsManifests, name == rules.ingressClass { return true }
        let isAssumed = settings.assumesMissingObjects
        diagnostics.append(.classNotFound(name, of: ingress, isAssumed: isAssumed))
        return isAssumed
    }
}

extension Ingress {
    /// Whether the Ingress asks for requests of every host.
    fileprivate var isCatchAll: Bool {
        rules.isEmpty ? defaultBackend != nil : rules.contains { ($0.host ?? "").isEmpty }
    }
}

extension Diagnostic {
    fileprivate static func classNotHonoured(_ key: String, of ingress: Ingress) -> Diagnostic {
        ingress.finding(
            .error,
            "class-not-honoured",
            "the parameters of the Ingress's class guard access by '\(key)'; "
                + "the paths of the Ingress answer 503",
            at: "spec.ingressClassName"
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
