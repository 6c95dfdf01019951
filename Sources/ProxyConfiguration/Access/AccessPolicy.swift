package import NginxSyntax

/// Which clients a location serves, by their addresses; others are answered with 403.
///
/// nginx looks at it once it knows that a request is to be passed on: a redirect or a status is for everybody.
package struct AccessPolicy: Sendable, Hashable {
    /// Clients of these networks are refused, be they allowed or not.
    package var denied: [CIDRBlock]
    /// Where there are some, all other clients are refused as well.
    package var allowed: [CIDRBlock]
    /// What counts where neither list is about a client: the first rule that is.
    package var rules: [AccessRule] = []

    package init(denied: [CIDRBlock] = [], allowed: [CIDRBlock] = []) {
        (self.denied, self.allowed) = (denied, allowed)
    }

    /// The verdict of the first rule that a client meets.
    package enum Verdict: Sendable, Hashable {
        case allows
        case denies
        /// No rule is about the client.
        case isSilent
    }

    package func verdict(on client: IPAddress) -> Verdict {
        if denied.contains(where: { $0.contains(client) }) { return .denies }
        guard !allowed.isEmpty else {
            return rules.first { $0.network.contains(client) }.map { $0.isAllowed ? .allows : .denies } ?? .isSilent
        }
        return allowed.contains { $0.contains(client) } ? .allows : .denies
    }
}
