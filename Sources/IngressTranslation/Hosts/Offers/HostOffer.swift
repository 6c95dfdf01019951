import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A host that no rule need name: the Ingresses of another one bring it in.
struct HostOffer: Sendable {
    let host: HostPattern
    /// The host of a rule that brings it in.
    let source: HostPattern
    let kind: Kind
    /// The Ingress that says so.
    let owner: AdmittedIngress

    enum Kind: Int, Sendable, Comparable {
        /// It is served like the source.
        case alias
        /// It redirects to the source.
        case redirect

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// The annotation that says so.
    var annotation: String {
        switch kind {
        case .alias: "server-alias"
        case .redirect: "from-to-www-redirect"
        }
    }

    /// An alias wins over a redirect, and else the oldest Ingress, as in every conflict.
    func wins(over other: HostOffer) -> Bool {
        guard kind == other.kind else { return kind < other.kind }
        let (age, otherAge) = (IngressAge(owner.ingress), IngressAge(other.owner.ingress))
        return age == otherAge ? source < other.source : age.wins(over: otherAge)
    }
}

extension HostName {
    /// The host without `www.`, or with it; `nil` where that is too long.
    var wwwCounterpart: HostName? {
        HostName(value.hasPrefix("www.") ? String(value.dropFirst(4)) : "www.\(value)")
    }
}
