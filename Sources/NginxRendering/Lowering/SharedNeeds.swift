import NginxSyntax
import ProxyConfiguration

/// What a server needs that stands once for all servers, found once for each.
struct SharedNeeds: Sendable, Hashable {
    /// The length of its name in nginx's table of names, in bytes; `nil` for one that is not in it.
    var nameLength: Int?
    var redirectsToHTTPS: Bool
    /// Whether it needs the variable that holds a dollar sign.
    var usesDollar: Bool
    var strictTransportSecurity: StrictTransportSecurity?

    init(of server: VirtualServer) {
        if case .name(let name) = server.host { nameLength = name.value.utf8.count }
        let locations = server.locations
        redirectsToHTTPS = locations.contains { $0.httpsRedirect != nil }
        usesDollar =
            server.appRoot?.path.usesDollarVariable ?? false
            || locations.contains { $0.action.rewrite?.target.usesDollarVariable ?? false }
        strictTransportSecurity = server.strictTransportSecurity
    }
}
