package import NginxSyntax

/// Which clients a location serves, by their addresses; others are answered with 403.
///
/// nginx looks at it once it knows that a request is to be passed on: a redirect or a status is for everybody.
package struct AccessPolicy: Sendable, Hashable {
    /// Clients of these networks are refused, be they allowed or not.
    package var denied: [CIDRBlock]
    /// Where there are some, all other clients are refused as well.
    package var allowed: [CIDRBlock]

    package init(denied: [CIDRBlock] = [], allowed: [CIDRBlock] = []) {
        (self.denied, self.allowed) = (denied, allowed)
    }

    /// What the first rule that a client meets says.
    package enum Verdict: Sendable, Hashable {
        case allows
        case denies
        /// No rule is about the client.
        case isSilent
    }

    package func verdict(on client: IPAddress) -> Verdict {
        if denied.contains(where: { $0.contains(client) }) { return .denies }
        guard !allowed.isEmpty else { return .isSilent }
        return allowed.contains { $0.contains(client) } ? .allows : .denies
    }
}

extension LocationPolicy {
    /// What its guards come to before a request is passed on.
    enum Admission: Hashable {
        case refused
        case admitted
        /// The service decides.
        case asked(Authentication.Service)
    }

    /// - Parameter client: `nil` for one without an address, which no rule is about.
    func admission(of client: IPAddress?) -> Admission {
        let verdict = client.flatMap { access?.verdict(on: $0) } ?? .isSilent
        guard let service = authentication?.service else { return verdict == .denies ? .refused : .admitted }
        if admitsByOneGuard { return verdict == .allows ? .admitted : .asked(service) }
        return verdict == .denies ? .refused : .asked(service)
    }
}
