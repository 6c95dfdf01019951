/// A change of a route by which somebody may come to more than before.
enum RouteDanger: Hashable {
    case losesAuthentication
    case losesTLS
    case losesAddressRules
    /// One guard is enough where all were needed.
    case needsOneGuard
    case takenOver(from: String, by: String)
    case servesUnknownHosts
    case shadowed(by: String)

    /// What follows the name of the route.
    var text: String {
        switch self {
        case .losesAuthentication: "loses authentication"
        case .losesTLS: "loses TLS"
        case .losesAddressRules: "loses its list of addresses"
        case .needsOneGuard: "needs one of its guards only"
        case .takenOver(let old, let new): "is taken over from namespace \(old) by namespace \(new)"
        case .servesUnknownHosts: "serves hosts that nobody names"
        case .shadowed(let other): "loses requests to \(other)"
        }
    }
}
