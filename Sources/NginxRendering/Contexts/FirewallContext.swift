import NginxSyntax
import Template

/// The fields that `firewall.tmpl` can name.
struct FirewallContext: TemplateContext {
    static let name = "Firewall"

    var isOn: Bool
    /// Of two blocks that set the same, the first counts.
    var rules: [TextBlock]
    var transactionID: Expression?

    static let fields: [TemplateField<Self>] = [
        .argument("isOn") { Flag($0.isOn) },
        .list("rules") { $0.rules },
        .optional("transactionID") { $0.transactionID },
    ]
}
