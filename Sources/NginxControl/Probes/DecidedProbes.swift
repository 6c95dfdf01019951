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
        let decided = probes.lazy.map { (probe: $0, decision: router.route($0.request)) }
            .filter { $0.decision.outcome != .undecided }
        self.init(Array(decided), undecidedCount: probes.count - decided.count)
    }
}
