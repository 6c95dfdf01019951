import Foundation
import IngressTranslation

extension SettingListing {
    /// A paragraph for each setting, for a terminal.
    var text: String {
        entries.map { entry in
            var lines = [entry.name]
            if let reason = entry.reason {
                lines.append("  \(entry.effect)")
                if let risk = entry.risk { lines.append("  Risk: \(risk.rawValue).") }
                lines += ["  Not read: \(reason).", "  Would need: \(entry.comparison)."]
            } else {
                let value = entry.setting.defaultValue.map { ", \($0) by default" } ?? ""
                let risk = entry.risk.map { "; risk \($0.rawValue)" } ?? ""
                lines += ["  \(entry.setting.type)\(value); \(entry.scope)\(risk)", "  \(entry.effect)"]
                let isIdentical = entry.setting.comparison == .identical
                lines.append(isIdentical ? "  Identical in ingress-nginx." : "  Differs: \(entry.comparison)")
            }
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    /// A list of objects with the same fields for each.
    var json: String {
        // Text, numbers and lists of them always have a form in JSON.
        ((try? entries.map(SettingRecord.init).printedJSON()) ?? "[]") + "\n"
    }

    /// The page of the documentation.
    var markdown: String {
        """
        \(introduction)

        ## Read

        | \(head) | value | default | changes |\(riskHead) effect | compared with ingress-nginx |
        | --- | --- | --- | --- |\(riskRule) --- | --- |
        \(read.map(\.readRow).joined(separator: "\n"))

        ## Not read

        | \(head) |\(riskHead) in ingress-nginx | why not | would need |
        | --- |\(riskRule) --- | --- | --- |
        \(notRead.map(\.unreadRow).joined(separator: "\n"))

        """
    }

    /// How many settings do what they do in ingress-nginx.
    private var summary: String {
        let (identical, different, notRead) = counts
        return
            "Of \(entries.count) \(head)s \(identical) do what they do in ingress-nginx 1.15, \(different) differ in the way "
            + "that the last column names, and \(notRead) are not read. This is about values that ingress-nginx takes; what "
            + "becomes of others is said above."
    }

    private var riskHead: String { place == .annotations ? " risk |" : "" }
    private var riskRule: String { place == .annotations ? " --- |" : "" }

    private var head: String { place == .annotations ? "annotation" : "key" }

    private var introduction: String {
        switch place {
        case .annotations:
            """
            # Annotations

            Postern reads the annotations of ingress-nginx, `nginx.ingress.kubernetes.io/NAME`; `--annotations-prefix` \
            names another prefix. An annotation counts for the paths of its own Ingress, unless the table says that it \
            changes the host: there the oldest Ingress that sets it wins, and the others are told so (`setting-taken`).

            An invalid value is told as a finding with its place (`annotation-invalid`), and never opens what it might \
            have closed. So is an annotation that has no effect (`annotation-not-read`), and one that ingress-nginx does \
            not have (`annotation-unknown`). Where one that is not read may guard access, the paths answer 503.

            The risk is what ingress-nginx rates the annotation at. An Ingress with one above `annotations-risk-level` is \
            refused, and answers 503 (`annotation-risk-too-high`).

            \(summary)

            `postern annotations` prints this list.
            """
        case .keys:
            """
            # ConfigMap keys

            Settings for many Ingresses stand in ConfigMaps: in the one that `--configmap NAMESPACE/NAME` names, for all, \
            and in those that IngressClasses name as their parameters, for the Ingresses of the class. What an annotation \
            of an Ingress says comes first, then the class's ConfigMap, then that of `--configmap`, then the default.

            Keys that change all of nginx count in the ConfigMap of `--configmap` alone. Invalid, unknown and unread keys \
            are findings on the ConfigMap, with their place. Where a key that is not read may guard access, the Ingresses \
            that it is set for answer 503.

            \(summary)

            `postern keys` prints this list.
            """
        }
    }
}

extension SettingListing.Entry {
    fileprivate var readRow: String {
        let value = setting.defaultValue.map { " `\($0)` " } ?? " "
        return "| `\(name)` | \(setting.type) |\(value)| \(scope) |\(riskCell) \(effect) | \(comparison) |"
    }

    private var riskCell: String { risk.map { " \($0.rawValue) |" } ?? "" }

    fileprivate var unreadRow: String { "| `\(name)` |\(riskCell) \(effect) | \(reason ?? "") | \(comparison) |" }
}

/// One setting as JSON has it.
private struct SettingRecord: Encodable {
    var name: String
    var isRead: Bool
    var aliasOf: String?
    /// That of an annotation.
    var risk: String?
    var type: String?
    var defaultValue: String?
    var examples: [String]
    var scope: String
    var annotation: Bool
    var classKey: Bool
    var globalKey: Bool
    var effect: String
    var reason: String?
    var guardsAccess: Bool
    /// `identical`, `different` or `missing`.
    var comparison: String
    var difference: String?
    var need: String?

    enum CodingKeys: String, CodingKey {
        case name, isRead, aliasOf, risk, type, examples, scope, annotation, classKey, globalKey, effect, reason,
            guardsAccess
        case comparison, difference, need
        case defaultValue = "default"
    }

    init(_ entry: SettingListing.Entry) {
        let setting = entry.setting
        name = entry.name
        isRead = setting.unsupported == nil
        risk = entry.risk?.rawValue
        aliasOf = entry.isAlias ? setting.name : nil
        type = setting.type.isEmpty ? nil : setting.type
        defaultValue = setting.defaultValue
        examples = setting.examples
        scope = setting.scope.rawValue
        annotation = setting.places.isAnnotation
        classKey = setting.places.isClassKey
        globalKey = setting.places.isGlobalKey
        effect = entry.effect
        reason = entry.reason
        guardsAccess = setting.unsupported?.guardsAccess ?? false
        switch setting.comparison {
        case .identical: comparison = "identical"
        case .different(let text): (comparison, difference) = ("different", text)
        case .missing(let text): (comparison, need) = ("missing", text)
        case nil: comparison = ""
        }
    }
}
