import Diagnostics
import KubernetesModel

extension Ingress {
    /// The finding about an annotation that is none of ingress-nginx's, where its author probably meant one.
    ///
    /// Nothing is said of it where the right one is there too: many manifests are for several controllers.
    ///
    /// - Parameter ownPrefix: The prefix that is read. Where it is another than that of ingress-nginx, annotations with
    ///   the latter are probably meant for it.
    func finding(onForeign key: String, besides ownPrefix: String) -> Diagnostic? {
        guard ownPrefix == TranslationSettings.usualAnnotationPrefix else { return nil }
        guard key != Self.classAnnotation, let slash = key.firstIndex(of: "/") else { return nil }
        let (prefix, name) = (String(key[..<slash]), String(key[key.index(after: slash)...]))
        guard let meant = ForeignKey(prefix, name).meant else { return nil }
        guard meant.key != key, metadata.annotations[meant.key] == nil else { return nil }
        guard meant.key != ForeignKey.className || ingressClassName == nil else { return nil }
        return finding(
            .warning,
            "annotation-misnamed",
            "'\(key.excerpt)' has no effect: neither ingress-nginx nor Postern reads annotations of this name",
            at: "metadata.annotations[\(key)]",
            hint: meant.hint
        )
    }
}

/// The key of an annotation with another prefix than that of ingress-nginx.
struct ForeignKey {
    private let prefix: String
    private let name: String

    /// Names that are written in place of `kubernetes.io/ingress.class`.
    static let className = "spec.ingressClassName"

    init(_ prefix: String, _ name: String) {
        (self.prefix, self.name) = (prefix, name)
    }

    /// The key, or the field, that was probably meant; `nil` for an annotation of somebody else.
    var meant: (key: String, hint: String?)? {
        let plain = name.lowercased()
        if Self.isMeant(prefix), Self.classNames.contains(plain) {
            return (Self.className, "set \(Self.className)")
        }
        guard Self.isMeant(prefix) else { return nil }
        let key = "\(Self.own)/\(plain)"
        if SettingTable.annotations[plain] != nil { return (key, "write '\(key)'") }
        return MistakenName.isOne(plain) ? (key, MistakenName.explanation(of: plain).hint) : nil
    }

    private static let classNames: Set<String> = ["ingress.class", "ingress-class", "ingressclass", "ingressclassname"]

    private static let own = TranslationSettings.usualAnnotationPrefix

    /// Prefixes that ingress-nginx had before its present one, or that are taken for it.
    private static let mistaken: Set<String> = [
        "ingress.kubernetes.io", "ingress.nginx.kubernetes.io", "kubernetes.io", "nginx.ingress",
        "nginx.ingress.k8s.io",
        "nginx.ingress.kubernetes", "nginx.ingress.kubernetes.com", "nginx.kubernetes.io",
        "nginx.kubernetes.io.ingress",
    ]

    private static func isMeant(_ prefix: String) -> Bool {
        let plain = prefix.lowercased()
        // Prefixes of other controllers differ in a whole word: `alb.ingress.kubernetes.io`.
        return mistaken.contains(plain) || Spelling.isNear(plain, to: own, edits: 2)
    }
}
