/// What of ModSecurity's language is taken.
///
/// See its [reference manual](https://github.com/owasp-modsecurity/ModSecurity/wiki/Reference-Manual-%28v3.x%29).
enum FirewallDirectives {
    struct Form {
        /// As ModSecurity spells it.
        let name: String
        let kind: Kind
        let count: ClosedRange<Int>
    }

    enum Kind {
        case rule
        case action
        /// Several of one name count, each.
        case other
        /// Of several of one name the last counts.
        case setting
        case log
        case include
    }

    /// By their names in lower case.
    static let forms: [String: Form] = {
        let rules = [
            Form(name: "SecRule", kind: .rule, count: 2...3), Form(name: "SecAction", kind: .action, count: 1...1),
            Form(name: "SecAuditLog", kind: .log, count: 1...1), Form(name: "Include", kind: .include, count: 1...1),
            Form(name: "SecRuleRemoveById", kind: .other, count: 1...100),
            Form(name: "SecRuleUpdateActionById", kind: .other, count: 2...2),
            Form(name: "SecResponseBodyMimeType", kind: .setting, count: 1...100),
        ]
        let updates = ["SecRuleUpdateTargetById", "SecRuleUpdateTargetByMsg", "SecRuleUpdateTargetByTag"]
        let others = ["SecDefaultAction", "SecMarker", "SecRuleRemoveByMsg", "SecRuleRemoveByTag"]
        let settings = [
            "SecArgumentSeparator", "SecArgumentsLimit", "SecAuditEngine", "SecAuditLogFormat", "SecAuditLogParts",
            "SecAuditLogRelevantStatus", "SecComponentSignature", "SecRequestBodyAccess",
            "SecRequestBodyJsonDepthLimit",
            "SecRequestBodyLimit", "SecRequestBodyLimitAction", "SecRequestBodyNoFilesLimit", "SecResponseBodyAccess",
            "SecResponseBodyLimit", "SecResponseBodyLimitAction", "SecRuleEngine",
        ]
        let all =
            rules + updates.map { Form(name: $0, kind: .other, count: 2...3) }
            + others.map { Form(name: $0, kind: .other, count: 1...1) }
            + settings.map { Form(name: $0, kind: .setting, count: 1...1) }
        return Dictionary(uniqueKeysWithValues: all.map { ($0.name.lowercased(), $0) })
    }()

    /// Names in lower case of directives about files and the like, without which rules filter all the same.
    static let needless: Set<String> = [
        "seccollectiontimeout", "seccookieformat", "secdatadir", "secdebuglog", "secdebugloglevel", "secauditlogtype",
        "secpcrematchlimit", "secpcrematchlimitrecursion", "secstatusengine", "sectmpdir", "sectmpsaveuploadedfiles",
        "secunicodemapfile", "secuploaddir", "secuploadfilelimit", "secuploadfilemode", "secuploadkeepfiles",
    ]

    /// Operators, actions and directives that read or write files, run programs, ask other machines, or show the
    /// environment, in lower case.
    private static let forbidden = [
        "@fuzzyhash", "@geolookup", "@gsblookup", "@inspectfile", "@ipmatchf", "@pmf", "@rbl", "@validatedtd",
        "@validateschema", "%{env", "exec:", "proxy:", "setenv:", "initcol:", "setrsc:", "setsid:", "setuid:",
        "include ",
        "secauditlog", "secdatadir", "secdebuglog", "secgeolookupdb", "sechttpblkey", "secremoterules", "secrulescript",
        "sectmpdir", "secunicodemapfile", "secuploaddir",
    ]

    /// The first thing in arguments that is refused wherever it stands; `nil` for none.
    static func forbidden(in arguments: [String]) -> String? {
        let text = arguments.joined(separator: " ").lowercased()
        let packed = text.filter { $0 != " " }
        return forbidden.first { text.contains($0) || !$0.hasSuffix(" ") && packed.contains($0) }
    }

    /// A variable that shows the environment of nginx; `nil` for none.
    static func forbiddenVariable(in variables: String) -> String? {
        variables.split(whereSeparator: { "|, ".contains($0) }).map { item in
            item.drop { "!&".contains($0) }.prefix { $0 != ":" }.uppercased()
        }.first { $0 == "ENV" }
    }

    /// An action that changes a collection which all of nginx has; `nil` for none.
    static func sharedCollection(in actions: String) -> String? {
        let text = actions.lowercased().filter { $0 != " " }
        for action in ["setvar:", "expirevar:", "deprecatevar:"] {
            for rest in text.split(separator: action, omittingEmptySubsequences: false).dropFirst() {
                let name = rest.drop { "'!\\\"".contains($0) }
                guard action == "setvar:", name.hasPrefix("tx.") else { return action + name.prefix(20) }
            }
        }
        return nil
    }

    /// The number of a rule; `nil` where none is there.
    static func identifier(in actions: String) -> String? {
        for item in items(of: actions) where item.lowercased().hasPrefix("id:") {
            let number = item.dropFirst(3).filter { $0 != "'" }
            return !number.isEmpty && number.allSatisfy { $0.isASCII && $0.isNumber } ? number : nil
        }
        return nil
    }

    /// Whether the next rule is a part of this one.
    static func isChained(_ actions: String) -> Bool { items(of: actions).contains { $0.lowercased() == "chain" } }

    private static func items(of actions: String) -> [String] { actions.split(separator: ",").map { $0.trimmed } }
}
