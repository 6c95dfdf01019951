import ProxyConfiguration

/// Probes with what the model says must come of each.
struct DecidedProbes: Sendable {
    let probes: [(probe: Probe, decision: RoutingDecision)]
    /// How many more there are of which the model cannot say it.
    let undecidedCount: Int

    init(_ probes: [(probe: Probe, decision: RoutingDecision)], undecidedCount: Int) {
        self.probes = probes
        self.undecidedCount = undecidedCount
    }

    init(_ probes: [Probe], by router: Router) {
        let own = probes.filter { $0.request.scheme == .http || !router.passesTLS(ofServerNamed: $0.serverName) }
        let decided = own.lazy.map { (probe: $0, decision: router.route($0.request)) }
        // A connection that is passed on is none of HTTP's, and is asked for its host by itself.
        let asked = decided.filter { if case .passedThrough = $0.decision.outcome { false } else { true } }
        let known = asked.filter { $0.decision.outcome != .undecided }
        self.init(Array(known), undecidedCount: asked.count - known.count)
    }
}
