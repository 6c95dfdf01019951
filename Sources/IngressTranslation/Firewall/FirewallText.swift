import NginxSyntax

/// Directives of ModSecurity, read from a text of users, that do nothing beside filtering requests.
struct FirewallText: Sendable, Hashable {
    /// Those that a rule needs to be read with stand in one block with it.
    var blocks: [TextBlock] = []
    /// Whether it asks for the OWASP Core Rule Set, by the name of its file in ingress-nginx.
    var includesCoreRules = false
    /// Directives that are not taken, and nothing is lost by that.
    var leftOut: [ValueError] = []
}
