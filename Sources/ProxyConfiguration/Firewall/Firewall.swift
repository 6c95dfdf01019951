package import NginxSyntax

/// How requests of a location are filtered by ModSecurity.
package struct Firewall: Sendable, Hashable {
    /// Whether they are; a shadow reads the rules, and refuses nothing by them.
    package var isOn = true
    /// Directives of ModSecurity, beside those that all locations have.
    package var rules: [TextBlock]
    package var usesCoreRules: Bool
    /// The name of a request in ModSecurity's log; `nil` leaves it to the module.
    package var transactionID: Expression?

    package init(rules: [TextBlock] = [], usesCoreRules: Bool, transactionID: Expression? = nil) {
        (self.rules, self.usesCoreRules, self.transactionID) = (rules, usesCoreRules, transactionID)
    }

    /// The part that a shadow keeps.
    var shadowForm: Firewall {
        var shadow = self
        shadow.isOn = false
        // Its log is none of a shadow's business.
        shadow.rules = rules.compactMap { block in
            TextBlock(block.lines.filter { !$0.value.hasPrefix("SecAuditLog ") })
        }
        return shadow
    }
}

/// The rules of the OWASP Core Rule Set on the machine of nginx.
package struct CoreRuleSet: Sendable, Hashable {
    /// Files, and patterns of the names of files, in the order in which they are read.
    package let files: [FilePath]

    package init(_ files: [FilePath]) { self.files = files }
}

/// What nginx has for filtering requests.
package struct FirewallModule: Sendable, Hashable {
    /// `nil` where there are none.
    package let coreRules: CoreRuleSet?

    package init(coreRules: CoreRuleSet?) { self.coreRules = coreRules }
}
