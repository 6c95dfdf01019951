import ProxyConfiguration

extension Explanation {
    /// The other locations, each with why it does not serve the request: those first that would have served it.
    static func losers(
        _ verdicts: [(location: Location, verdict: PathMatch.Verdict)],
        to winner: Route,
        _ table: RouteTable
    ) -> [Step] {
        let others = verdicts.filter {
            $0.location.path != winner.location.path && $0.location.origin != nil && !$0.location.standsForNone
        }
        let ordered = others.filter { $0.verdict != .differs } + others.filter { $0.verdict == .differs }
        let shown = ordered.prefix(mostLosers).map { location, verdict in
            let why = verdict == .differs ? "does not match" : winner.location.path.reason(before: location.path)
            let route = Route(server: winner.server, location: location)
            return table.step("not", "\(route.kindAndPath): \(why)", route)
        }
        guard others.count > mostLosers else { return shown }
        return shown + [Step(name: "not", text: "\(others.count - mostLosers) more locations")]
    }

    static let mostLosers = 20
}
