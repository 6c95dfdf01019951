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

    /// Whether a decoded path matches.
    package func matches(_ path: [UInt8]) -> Bool {
        switch self {
        case .exact(let exact):
            return path.elementsEqual(exact.value.utf8)
        case .prefix(let prefix):
            let prefix = prefix.value.utf8
            guard path.starts(with: prefix) else { return false }
            return prefix.count == 1 || path.count == prefix.count || path[prefix.count] == UInt8(ascii: "/")
        case .expression(let expression):
            return (try? expression.anchored())?.firstMatch(in: path, ignoringCase: true) != nil
        }
    }
}
