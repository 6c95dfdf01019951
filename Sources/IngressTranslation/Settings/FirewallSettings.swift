import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

/// How requests are filtered by ModSecurity.
struct FirewallValues: Sendable, Hashable {
    var isOn = false
    /// Whether the Ingress asks for the OWASP Core Rule Set, and whether a ConfigMap does.
    var wantsCoreRules = false
    var hasCoreRulesOfAll = false
    /// The rules of the Ingress, which come first, and those of the ConfigMaps.
    var own: ByReference<FirewallText>?
    var common: ByReference<FirewallText>?
    var transactionID: Expression?
    /// Whether nginx has the module.
    var isAvailable = false
    /// Those of this machine; `nil` for none.
    var coreRules: ByReference<CoreRuleSet>?

    private var texts: [FirewallText] { [own, common].compactMap { $0?.value } }

    private var usesCoreRules: Bool {
        wantsCoreRules || hasCoreRulesOfAll || texts.contains(where: \.includesCoreRules)
    }

    /// Whether rules are wanted that are not there.
    var isClosed: Bool { isOn && coreRules == nil && usesCoreRules }

    /// The filter of the Ingress's locations; `nil` for none.
    var firewall: ByReference<Firewall>? {
        guard isOn else { return nil }
        return ByReference(
            Firewall(rules: texts.flatMap(\.blocks), usesCoreRules: usesCoreRules, transactionID: transactionID)
        )
    }

    /// What `http` may have for all locations; `nil` where nginx has no such module.
    var module: FirewallModule? { isAvailable ? FirewallModule(coreRules: coreRules?.value) : nil }

    func findings(of source: SettingSource) -> [Diagnostic] {
        guard isAvailable else { return [] }
        let asking = ["enable-owasp-core-rules", "enable-owasp-modsecurity-crs", "modsecurity-snippet"]
        if isClosed {
            let name = (["enable-modsecurity"] + asking).last { name in
                source.setting(named: name) != nil && !(source.value(name) ?? "").isEmpty
            }
            return name.map { [source.coreRulesMissing($0)] } ?? []
        }
        guard !isOn, case .annotations = source else { return [] }
        return (asking + ["modsecurity-transaction-id"]).filter {
            !(source.value($0) ?? "").isEmpty && ($0 != "enable-owasp-core-rules" || wantsCoreRules)
        }.map { source.notRead($0, "'enable-modsecurity' is not true") }
    }
}

/// Filters of requests, for which nginx needs a module.
enum FirewallSettings {
    private static let isAvailable: @Sendable (SettingSource, SettingValues) -> Bool = { $1.firewall.isAvailable }

    private static func close(_ name: String) -> InvalidValue {
        .closes("requests answer 503") { $0.unhonoured.append(name) }
    }

    static let settings: [Setting] = [
        .value(
            "enable-modsecurity",
            .guardBool,
            \.firewall.isOn,
            default: "false",
            scope: .location,
            from: .annotation,
            ifInvalid: close("enable-modsecurity"),
            "Filters requests by the rules of ModSecurity. They refuse nothing until 'modsecurity-snippet' says 'SecRuleEngine On': "
                + "what they find is in the error log where 'error-log-level' is info, and in an audit log where one is set."
        ).guardingWhereEmpty.gated(because: .modSecurity, guards: .bool, isAvailable).differs(module),
        .value(
            "enable-modsecurity",
            .guardBool,
            \.firewall.isOn,
            default: "false",
            scope: .location,
            from: .configMaps,
            ifInvalid: close("enable-modsecurity"),
            "Filters requests by the rules of ModSecurity, unless the Ingress says otherwise by 'enable-modsecurity'."
        ).gated(
            because: .modSecurity,
            guards: .bool,
            unless: { $0("enable-modsecurity") != nil },
            isAvailable
        ).differs(module),
        .value(
            "enable-owasp-core-rules",
            .guardBool,
            \.firewall.wantsCoreRules,
            default: "false",
            scope: .location,
            from: .annotation,
            ifInvalid: close("enable-owasp-core-rules"),
            "Adds the OWASP Core Rule Set to the rules of ModSecurity."
        ).guardingWhereEmpty.gated(because: .modSecurity, guards: .bool, isAvailable).differs(coreRules),
        .value(
            "enable-owasp-modsecurity-crs",
            .guardBool,
            \.firewall.hasCoreRulesOfAll,
            default: "false",
            scope: .location,
            from: .configMaps,
            ifInvalid: close("enable-owasp-modsecurity-crs"),
            "Adds the OWASP Core Rule Set to the rules of ModSecurity, whatever Ingresses say."
        ).gated(
            because: .modSecurity,
            guards: .bool,
            unless: { $0("enable-owasp-core-rules") != nil },
            isAvailable
        ).differs(coreRules),
        .value(
            "modsecurity-snippet",
            .firewallText(takesFiles: false),
            \.firewall.own,
            scope: .location,
            from: .annotation,
            ifInvalid: close("modsecurity-snippet"),
            "Adds rules and settings to those of ModSecurity."
        ).guardingWhereEmpty.gated(because: .modSecurity, guards: .anything, isAvailable).risk(.critical)
            .differs(directives),
        .value(
            "modsecurity-snippet",
            .firewallText(takesFiles: true),
            \.firewall.common,
            scope: .location,
            from: .configMaps,
            ifInvalid: close("modsecurity-snippet"),
            "Adds rules and settings to those of ModSecurity, behind those of the Ingress."
        ).gated(because: .modSecurity, guards: .anything, isAvailable).differs(
            directives + " It counts for Ingresses that have ModSecurity by their annotation as well."
        ),
        .value(
            "modsecurity-transaction-id",
            .transactionID,
            \.firewall.transactionID,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("ModSecurity makes one up"),
            "Sets how ModSecurity names a request in its log: a text with variables such as $request_id."
        ).needing("modsecurity_transaction_id").risk(.high).differs("Only the variables of a fixed list are taken."),
    ]

    private static let module =
        "nginx has to have the module, ngx_http_modsecurity_module.so; without it requests answer 503. Its settings are Postern's "
        + "own in place of a file: like that they only log what they find, but write no audit log unless one is set."
    private static let coreRules =
        "The rules are those of the machine, in /usr/share/modsecurity-crs or /etc/nginx/owasp-modsecurity-crs; without them "
        + "requests answer 503."
    private static let directives =
        "It is read, and written anew: what reads or writes files, runs programs, asks other machines, or changes what Ingresses "
        + "share is refused, and requests answer 503."
}

extension ValueParser<Bool> {
    /// A yes or a no of a guard, which nothing leaves open.
    fileprivate static let guardBool = ValueParser(type: "bool", examples: ["true", "false"]) {
        text throws(ValueError) in
        guard !text.trimmed.isEmpty else { throw ValueError(reason: "is empty") }
        return try bool.parse(text)
    }
}

extension ValueParser<ByReference<FirewallText>> {
    fileprivate static func firewallText(takesFiles: Bool) -> ValueParser {
        let log = takesFiles ? "SecAuditEngine RelevantOnly\nSecAuditLog /dev/stdout" : "SecRequestBodyAccess Off"
        return ValueParser(
            type: "directives of ModSecurity",
            examples: [
                "SecRuleEngine On\nSecRule ARGS:debug \"@streq 1\" \"id:1000,phase:1,deny,status:403\"", log,
            ],
            write: { _ in "directives" },
            leftOut: { text in (try? FirewallReader.read(text, takesFiles: takesFiles))?.leftOut ?? [] }
        ) { text throws(ValueError) in
            guard !text.trimmed.isEmpty else { throw ValueError(reason: "is empty") }
            return ByReference(try FirewallReader.read(text, takesFiles: takesFiles))
        }
    }
}

extension ValueParser<Expression> {
    fileprivate static let transactionID = ValueParser(
        type: "text with variables",
        examples: ["$request_id", "shop-$req_id"]
    ) { text throws(ValueError) in
        let parts = try Expression.parts(of: text, .ofRequest) {
            (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x27
        }
        guard !parts.isEmpty, let expression = Expression(parts: parts) else {
            throw ValueError(reason: "is empty, or too long")
        }
        return expression
    }
}

extension SettingSource {
    fileprivate func coreRulesMissing(_ name: String) -> Diagnostic {
        finding(
            .error,
            common: "core-rules-missing",
            "'\(name)' asks for the OWASP Core Rule Set, which is not on this machine; \(closed(concernsHost: false))",
            at: name,
            hint:
                "install it in /etc/nginx/owasp-modsecurity-crs, or by Debian's modsecurity-crs, beside Postern as well"
        )
    }
}
