import KubernetesModel

/// Which annotations of Ingresses are taken, whatever these are for.
struct GateValues: Sendable, Hashable {
    /// The risk up to which annotations are taken; `nil` where no key says.
    var highestRisk: Setting.Risk?
    /// Texts that no value of an annotation may hold.
    var blockedWords: [String] = []
    /// Whether annotations may name Secrets and ConfigMaps of other namespaces.
    var takesOtherNamespaces = false

    /// The objects that annotations may name.
    var reach: NamespaceReach { takesOtherNamespaces ? .any : .own }
}

enum Policies {
    static let settings: [Setting] = [
        .value(
            "allow-cross-namespace-resources",
            .bool,
            \.gates.takesOtherNamespaces,
            default: "false",
            scope: .ingress,
            from: .global,
            "Lets annotations name Secrets and ConfigMaps of other namespaces, as NAMESPACE/NAME: auth-secret, "
                + "auth-tls-secret, proxy-ssl-secret, auth-proxy-set-headers, custom-headers and fastcgi-params-configmap. "
                + "Whoever may write an Ingress can then use every such object that Postern may read."
        ).identical,
        .value(
            "allow-snippet-annotations",
            .bool,
            \.snippets.areAllowed,
            default: "false",
            scope: .http,
            from: .global,
            "Has snippets of Ingresses read: what they ask for becomes settings of their paths and hosts, and no text of them "
                + "becomes configuration."
        ).differs("Directives of a fixed list are taken; others are refused, and close where they may guard access."),
        .value(
            "annotation-value-word-blocklist",
            .words,
            \.gates.blockedWords,
            default: nil,
            scope: .ingress,
            from: .global,
            "Refuses Ingresses with one of these texts in the value of an annotation. No value becomes syntax of nginx, with "
                + "the list or without."
        ).differs(refusal),
        .value(
            "annotations-risk-level",
            .risk,
            \.gates.highestRisk,
            scope: .ingress,
            from: .global,
            ifInvalid: .allowsNothing("only annotations of the risk Low are taken") { $0.gates.highestRisk = .low },
            "Refuses Ingresses with an annotation of a higher risk: Low, Medium, High or Critical, and High where it is not "
                + "set. `postern annotations` tells the risk of each."
        ).differs("\(refusal) Where it is not set, and 'allow-snippet-annotations' is true, snippets are taken."),
    ]

    private static let refusal =
        "An Ingress that is refused answers 503 on all of its paths, where ingress-nginx keeps the version that it had "
        + "taken before until it restarts, and then serves the paths by whichever other Ingress matches."
}

extension ValueParser<Setting.Risk> {
    /// Reads the name of a risk, in letters of either case.
    fileprivate static let risk = ValueParser(
        type: "Low, Medium, High or Critical",
        examples: ["Medium", "Critical"],
        write: { $0.rawValue }
    ) { text throws(ValueError) in
        guard let risk = Setting.Risk.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) else {
            throw ValueError(reason: "is none of Low, Medium, High and Critical")
        }
        return risk
    }
}

extension ValueParser<[String]> {
    /// Texts with commas between them; blanks around them, and those that are empty, do not count.
    fileprivate static let words = ValueParser(
        type: "list",
        examples: ["load_module,lua_package", "{,},'"],
        write: { $0.joined(separator: ",") }
    ) { text throws(ValueError) in
        text.split(separator: ",").map { String($0.trimmed) }.filter { !$0.isEmpty }
    }
}
