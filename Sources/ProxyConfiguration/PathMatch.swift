package import NginxSyntax

/// The paths that a location serves, compared with a request's path after nginx has decoded it.
package enum PathMatch: Sendable, Hashable {
    /// This path only, by every byte.
    case exact(LocationPath)
    /// This path and everything below it, by whole segments; `/` is everything.
    ///
    /// The path ends with no slash, unless it is `/`: by the Ingress specification `/a/` and `/a` are one prefix.
    case prefix(LocationPath)
    /// Whatever begins with a match, in any case, as ingress-nginx reads an ImplementationSpecific path.
    ///
    /// An expression that cannot be anchored matches nothing.
    case expression(RegularExpression)

    /// The outcome of matching a path.
    package enum Verdict: Sendable, Hashable {
        case matches
        case differs
        /// PCRE2 gives up on the expression; nginx answers 500, and asks no other location.
        case givenUp
    }

    /// Compares a decoded path.
    package func verdict(on path: [UInt8]) -> Verdict {
        switch self {
        case .exact(let exact):
            return path.elementsEqual(exact.value.utf8) ? .matches : .differs
        case .prefix(let prefix):
            let prefix = prefix.value.utf8
            guard path.starts(with: prefix) else { return .differs }
            let isWhole = prefix.count == 1 || path.count == prefix.count || path[prefix.count] == UInt8(ascii: "/")
            return isWhole ? .matches : .differs
        case .expression(let expression):
            switch expression.outcomeAtStart(of: path) {
            case .match: return .matches
            case .noMatch: return .differs
            case .givenUp: return .givenUp
            }
        }
    }

    /// Whether a decoded path matches.
    package func matches(_ path: [UInt8]) -> Bool { verdict(on: path) == .matches }
}
