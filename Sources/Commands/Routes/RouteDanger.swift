import NginxSyntax

/// A change of a route, or of all, by which somebody may come to more than before.
enum RouteDanger: Hashable {
    case losesAuthentication
    case losesTLS
    /// Connections of TLS are passed on as they are, where nginx asked who comes before.
    case passedUnguarded
    case losesAddressRules
    /// A client with this address comes past the lists, and did not.
    case admitsMoreAddresses(such: IPAddress)
    /// One guard is enough where all were needed.
    case needsOneGuard
    case takenOver(from: String, by: String)
    case servesUnknownHosts
    case shadowed(by: String)
    /// This one is a proxy that is believed, and was not, or not in all.
    case believesMoreProxies(such: IPAddress)
    case blocksFewerAddresses(such: IPAddress)

    /// What follows the name of the route.
    var text: String {
        switch self {
        case .losesAuthentication: "loses authentication"
        case .losesTLS: "loses TLS"
        case .passedUnguarded: "has TLS passed on past its guards"
        case .losesAddressRules: "loses its list of addresses"
        case .admitsMoreAddresses(let address): "admits more addresses, such as \(address)"
        case .needsOneGuard: "needs one of its guards only"
        case .takenOver(let old, let new): "is taken over from namespace \(old) by namespace \(new)"
        case .servesUnknownHosts: "serves hosts that nobody names"
        case .shadowed(let other): "loses requests to \(other)"
        case .believesMoreProxies(let address): "believe more of what proxies say of clients, such as \(address)"
        case .blocksFewerAddresses(let address): "block fewer addresses: no longer \(address)"
        }
    }
}
