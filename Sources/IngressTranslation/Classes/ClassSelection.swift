import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Decides which Ingresses are ours, and what their classes set for them.
///
/// `spec.ingressClassName` decides where it is set, else the annotation, else the default class, else
/// `--watch-ingress-without-class`. See
/// [Ingress class](https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class).
struct ClassSelection {
    private let classes: [String: IngressClass]
    private let defaultClass: IngressClass?
    let layers: SettingLayers
    /// The global ConfigMap; `nil` where there is none.
    let global: ConfigMap?
    private let assumed: Set<String>
    private let settings: TranslationSettings
    private var rules: ClassRules { settings.classes }

    init(_ classes: IngressClasses, _ settings: TranslationSettings) {
        let all = classes.all
        assumed = classes.assumed
        self.classes = Dictionary(all.map { ($0.metadata.name, $0) }, uniquingKeysWith: { first, _ in first })
        defaultClass = all.filter(\.isDefault).min { $0.metadata.name < $1.metadata.name }
        layers = SettingLayers(classes, settings)
        global = settings.globalConfigMap.flatMap(classes.configMap)
        self.settings = settings
    }

    /// The prefix of annotations, without the slash.
    var annotationPrefix: String { settings.annotationPrefix }

    /// The layer of an Ingress's class, on which its annotations stand; throws for an Ingress that is left out.
    func layer(for ingress: Ingress, _ diagnostics: inout [Diagnostic]) throws(LeftOut) -> SettingLayer {
        let choice = try choice(for: ingress, &diagnostics)
        if settings.disablesCatchAll, ingress.isCatchAll {
            throw LeftOut(.catchAllDisabled(ingress), isFinding: true)
        }
        switch choice {
        case .named(let name): return layers.layer(ofClass: name)
        case .without: return layers.layer(ofClass: nil)
        }
    }

    /// Why an Ingress is left out.
    struct LeftOut: Error {
        var reason: Diagnostic
        /// Whether somebody should look at it; else it is another controller's, and nothing is wrong.
        var isFinding: Bool

        init(_ reason: Diagnostic, isFinding: Bool) {
            self.reason = reason
            self.isFinding = isFinding
        }
    }

    /// The class by which an Ingress is ours.
    private enum Choice {
        case named(String)
        case without
    }

    private func choice(for ingress: Ingress, _ diagnostics: inout [Diagnostic]) throws(LeftOut) -> Choice {
        if let name = ingress.ingressClassName {
            try selectClass(named: name, of: ingress, &diagnostics)
            return .named(name)
        }
        if let name = ingress.metadata.annotations[Ingress.classAnnotation] {
            guard name == rules.ingressClass else {
                throw LeftOut(.annotatedForOthers(name, of: ingress, rules), isFinding: false)
            }
            return .named(name)
        }
        // An API server writes the default class into new Ingresses; manifests in files have not met one.
        if settings.readsManifests, let defaultClass {
            guard rules.isOurs(defaultClass) else {
                throw LeftOut(.classOfOthers(defaultClass, of: ingress, rules), isFinding: false)
            }
            return .named(defaultClass.metadata.name)
        }
        guard rules.takesIngressWithoutClass else {
            throw LeftOut(.classMissing(ingress, isTaken: false), isFinding: true)
        }
        if settings.assumesMissingObjects { diagnostics.append(.classMissing(ingress, isTaken: true)) }
        return .without
    }

    /// The class named by `--ingress-class` is ours; another one is by its IngressClass.
    private func selectClass(
        named name: String,
        of ingress: Ingress,
        _ diagnostics: inout [Diagnostic]
    ) throws(LeftOut) {
        if rules.selectsByName {
            guard name == rules.ingressClass else {
                throw LeftOut(.annotatedForOthers(name, of: ingress, rules), isFinding: false)
            }
            return
        }
        if let ingressClass = classes[name] {
            guard rules.isOurs(ingressClass) else {
                throw LeftOut(.classOfOthers(ingressClass, of: ingress, rules), isFinding: false)
            }
            return
        }
        // The usual name needs no finding: most repositories of Ingresses lack the class itself.
        if settings.readsManifests, name == rules.ingressClass { return }
        guard assumed.contains(name) else {
            throw LeftOut(.classNotFound(name, of: ingress, rules, known: classes.keys.sorted()), isFinding: true)
        }
        diagnostics.append(.classAssumed(name, of: ingress))
    }
}

extension Ingress {
    /// Whether the Ingress asks for requests of every host.
    fileprivate var isCatchAll: Bool {
        rules.isEmpty ? defaultBackend != nil : rules.contains { ($0.host ?? "").isEmpty }
    }
}

extension Diagnostic {
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

    fileprivate static func classAssumed(_ name: String, of ingress: Ingress) -> Diagnostic {
        ingress.finding(
            .note,
            "class-assumed",
            "IngressClass '\(name.excerpt)' is not in the input; it is taken for ours, as no other class here is",
            at: "spec.ingressClassName",
            hint: "name the class with --ingress-class"
        )
    }

    /// A class that is named and that nobody knows: our own, or a misspelling of it, is likely to be missed.
    fileprivate static func classNotFound(
        _ name: String,
        of ingress: Ingress,
        _ rules: ClassRules,
        known: [String]
    ) -> Diagnostic {
        let isOurs = name == rules.ingressClass
        let suggestion = Spelling.suggestion(for: name, among: isOurs ? known : known + [rules.ingressClass])
        let hint: String? =
            if isOurs, known.isEmpty {
                "the input holds no IngressClass whatever: add ingressclass to what kubectl gets, or take the class by "
                    + "its name with --ingress-class-by-name"
            } else if let suggestion {
                "did you mean '\(suggestion)'?"
            } else {
                isOurs ? nil : "--ingress-class \(name.excerpt) takes the Ingresses of this class"
            }
        return ingress.finding(
            suggestion == nil && !isOurs ? .note : .warning,
            "class-not-found",
            "IngressClass '\(name.excerpt)' does not exist; the Ingress is left out",
            at: "spec.ingressClassName",
            hint: hint
        )
    }

    /// Says whose an Ingress is by its IngressClass.
    fileprivate static func classOfOthers(
        _ ingressClass: IngressClass,
        of ingress: Ingress,
        _ rules: ClassRules
    ) -> Diagnostic {
        let ours = rules.controllers.map { "'\($0.excerpt)'" }.joined(separator: " and ")
        return ingress.finding(
            .note,
            "class-of-others",
            "IngressClass '\(ingressClass.metadata.name.excerpt)' is of the controller "
                + "'\(ingressClass.controller.excerpt)', and ours are those of \(ours); the Ingress is left out",
            at: "spec.ingressClassName"
        )
    }

    /// Says whose an Ingress is by the name of a class alone.
    fileprivate static func annotatedForOthers(
        _ name: String,
        of ingress: Ingress,
        _ rules: ClassRules
    ) -> Diagnostic {
        ingress.finding(
            .note,
            "class-of-others",
            "the Ingress is of the class '\(name.excerpt)', and ours is '\(rules.ingressClass.excerpt)'; it is left out",
            at: ingress.ingressClassName == nil
                ? "metadata.annotations[\(Ingress.classAnnotation)]" : "spec.ingressClassName"
        )
    }
}
