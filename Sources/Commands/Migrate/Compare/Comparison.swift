import NginxControl
import NginxSyntax
import ProxyConfiguration

/// Asks two running controllers the same requests.
struct Comparison {
    let old: ComparedAddress
    let new: ComparedAddress
    let options: CompareOptions

    /// Throws ``CommandFailure`` where one of them answers nothing at all.
    func run(_ report: MigrationReport) async throws -> ComparisonReport {
        let schemes = Set(old.connections.keys).intersection(new.connections.keys)
        guard !schemes.isEmpty else { throw CommandFailure("\(old.text) and \(new.text) have no scheme in common") }
        let plan = ComparisonPlan(report.table.configuration, schemes: schemes, options)
        let explainer = DifferenceExplainer(report)
        let (first, second) = (try ComparisonClient(old, options), try ComparisonClient(new, options))
        var result = ComparisonReport(old: old.text, new: new.text, wantedCount: plan.wantedCount)
        var pace = Pace(rate: options.rate)
        var answered: (old: Bool, new: Bool) = (false, false)
        // What is asked again counts.
        var rest = options.mostRequests
        for probe in plan.probes where rest > 0 {
            rest -= 1
            try await pace.wait()
            let (left, right) = await ask(probe, first, second)
            answered.old = answered.old || !left.isFailure
            answered.new = answered.new || !right.isFailure
            let aspects = right.differences(from: left)
            guard !aspects.isEmpty else {
                result.addSame()
                continue
            }
            rest -= 1
            try await pace.wait()
            let again = await ask(probe, first, second)
            let steady = aspects.filter { aspect in
                left.text(of: aspect) == again.0.text(of: aspect) && right.text(of: aspect) == again.1.text(of: aspect)
            }
            if steady.isEmpty {
                result.addUnsteady()
            } else {
                result.add(ComparedDifference(probe, left, right, steady, explainer))
            }
        }
        guard answered.old || plan.probes.isEmpty else { throw CommandFailure("\(old.text) does not answer") }
        guard answered.new || plan.probes.isEmpty else { throw CommandFailure("\(new.text) does not answer") }
        return result
    }

    private func ask(
        _ probe: Probe,
        _ first: ComparisonClient,
        _ second: ComparisonClient
    ) async -> (ComparedAnswer, ComparedAnswer) {
        async let left = first.answer(to: probe)
        async let right = second.answer(to: probe)
        return await (left, right)
    }
}

/// Lets no more through than a number in each second.
private struct Pace {
    private let interval: Duration
    private var next = ContinuousClock.now

    init(rate: Int) { interval = .seconds(1) / rate }

    mutating func wait() async throws {
        let now = ContinuousClock.now
        if now < next { try await Task.sleep(until: next, clock: .continuous) }
        next = max(next, now) + interval
    }
}
