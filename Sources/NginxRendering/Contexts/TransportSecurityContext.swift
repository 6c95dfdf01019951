import NginxSyntax
import ProxyConfiguration
import Template

/// What `policy` in `nginx.tmpl` can name.
struct TransportSecurityContext: TemplateContext {
    static let name = "TransportSecurity"

    var policy: Identifier
    var value: Expression

    init?(_ policy: StrictTransportSecurity) {
        guard let name = policy.identifier, let value = Expression(literal: policy.headerValue) else { return nil }
        (self.policy, self.value) = (name, value)
    }

    static let fields: [TemplateField<Self>] = [
        .argument("name") { $0.policy },
        .argument("value") { $0.value },
    ]
}

extension StrictTransportSecurity {
    /// Names the variable with the header's value: another one for each policy, and the same one always.
    ///
    /// Short, because nginx by default has room for names of some forty bytes.
    var identifier: Identifier? {
        Identifier("\(maxAgeInSeconds)\(includesSubdomains ? "_subdomains" : "")\(preloads ? "_preload" : "")")
    }
}
