import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

/// Says what a change of a route comes to, by the requests that show it.
struct RouteJudge {
    private let before: RouteTable
    private let after: RouteTable
    private let old: Router
    private let new: Router

    init(_ before: RouteTable, _ after: RouteTable) {
        (self.before, self.after) = (before, after)
        (old, new) = (Router(before.configuration), Router(after.configuration))
    }

    /// Whether requests of a route that is as it was come to another now.
    func isShadowed(_ known: Route, _ route: Route) -> Bool {
        guard let target = route.sampleTarget else { return false }
        return known.server.location(for: target)?.path == known.location.path
            && route.server.location(for: target)?.path != route.location.path
    }

    /// The dangers of a change, and a request that shows it.
    func verdict(on known: Route?, _ route: Route?) -> ([RouteDanger], RouteWitness?) {
        guard let any = route ?? known, let target = any.sampleTarget else {
            let (was, now) = (known.map(Served.init), route.map(Served.init))
            return (dangers(was, now) + dangersOfPassing(was, now), nil)
        }
        let host = any.server.host.sample
        let was = served(host, target, by: old)
        let now = served(host, target, by: new)
        var dangers = dangers(was, now) + dangersOfPassing(was, now)
        if known != nil, let route, let now, now.location.path != route.location.path {
            dangers.append(.shadowed(by: Route(server: now.server, location: now.location).name))
        }
        let admitted = dangers.compactMap { danger -> IPAddress? in
            if case .admitsMoreAddresses(let address) = danger { address } else { nil }
        }
        let witness = RouteWitness(
            host: host,
            target: target,
            from: admitted + [RouteWitness.stranger],
            before: (old, before),
            after: (new, after)
        )
        return (dangers, witness)
    }

    /// Those who serve a request.
    private struct Served {
        var server: VirtualServer
        var location: Location

        init(_ route: Route) { (server, location) = (route.server, route.location) }

        init(server: VirtualServer, location: Location) { (self.server, self.location) = (server, location) }

        /// Whether a backend gets the requests.
        var isServed: Bool { if case .proxy = location.action { true } else { false } }
        var policy: LocationPolicy { location.policy.value }

        var asksWho: Bool {
            policy.passwords != nil || policy.authentication != nil || server.policy.clients != nil
        }
        var looksAtAddresses: Bool { policy.access != nil || policy.blocked?.networks.isEmpty == false }
        var needsTLS: Bool { location.httpsRedirect != nil }
    }

    private func served(_ host: String, _ target: String, by router: Router) -> Served? {
        guard let server = router.server(named: host), let location = server.location(for: target),
            location.origin != nil
        else { return nil }
        return Served(server: server, location: location)
    }

    /// What passing TLS on takes away from a host that nginx has guarded.
    private func dangersOfPassing(_ was: Served?, _ now: Served?) -> [RouteDanger] {
        guard let was, let now, was.asksWho || was.looksAtAddresses || was.policy.limits != nil,
            before.passed[was.server.host] == nil, after.passed[now.server.host]?.target != nil
        else { return [] }
        return [.passedUnguarded]
    }

    private func dangers(_ was: Served?, _ now: Served?) -> [RouteDanger] {
        guard let now, now.isServed else { return [] }
        var dangers: [RouteDanger] = []
        if was == nil, now.server.host == .any { dangers.append(.servesUnknownHosts) }
        guard let was else { return dangers }
        if was.asksWho, !now.asksWho { dangers.append(.losesAuthentication) }
        if was.needsTLS && !now.needsTLS || was.server.certificate != nil && now.server.certificate == nil {
            dangers.append(.losesTLS)
        }
        if was.looksAtAddresses {
            if !now.looksAtAddresses {
                dangers.append(.losesAddressRules)
            } else if let address = now.policy.addressAdmitted(beyond: was.policy) {
                dangers.append(.admitsMoreAddresses(such: address))
            }
        }
        if !was.policy.admitsByOneGuard, now.policy.admitsByOneGuard, was.asksWho || was.looksAtAddresses {
            dangers.append(.needsOneGuard)
        }
        if let first = was.location.origin?.namespace, let second = now.location.origin?.namespace, first != second {
            dangers.append(.takenOver(from: first, by: second))
        }
        return dangers
    }
}
