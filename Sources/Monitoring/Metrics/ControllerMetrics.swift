package import Controller
import Diagnostics
import Synchronization

/// The metrics of the controller's work and state.
package final class ControllerMetrics: Sendable {
    private let state: Mutex<State>

    struct State: Sendable {
        var version: String
        var reconciles = Counter(ReconcileResult.allCases)
        var swaps = Counter(ReconcileResult.allCases.filter { $0 != .unchanged })
        var steps: [StepTime.Step: Histogram] = [:]
        /// The last one; `nil` before the first.
        var report: ReconcileReport?
        /// The generation that serves, as far as is known, and since when, in seconds since 1970.
        var serving: (generation: String, since: Int64)?
        var requests = Counter<APIRequestKey>()
        var restarts = Counter<WatchRestartKey>()
        /// How often names of endpoints have got other addresses without a reload.
        var endpointChanges = 0
        /// `nil` where there is no cluster.
        var isLeader: Bool?
    }

    enum ReconcileResult: String, Hashable, CaseIterable {
        case settled
        case replaced
        case unchanged
        case awaitsNginx = "awaits_nginx"
        case failed
    }

    struct APIRequestKey: Hashable {
        var verb: String
        var resource: String
        var code: String
    }

    struct WatchRestartKey: Hashable {
        var resource: String
        var reason: String
    }

    package init(version: String) {
        state = Mutex(State(version: version))
    }

    /// - Parameter now: Seconds since 1970.
    package func note(_ report: ReconcileReport, now: Int64) {
        state.withLock { state in
            let result = ReconcileResult(report.outcome)
            state.reconciles.increment(result)
            if result != .unchanged {
                state.swaps.increment(result)
                for step in report.steps { state.steps[step.step, default: Histogram()].observe(step.duration) }
            }
            if let id = report.generation, result != .awaitsNginx, state.serving?.generation != id {
                state.serving = (id, now)
            }
            state.endpointChanges += report.endpointChanges
            state.report = report
        }
    }

    /// - Parameter code: The status of the answer, or a word for why there is none.
    package func noteRequest(verb: String, resource: String, code: String) {
        state.withLock { $0.requests.increment(APIRequestKey(verb: verb, resource: resource, code: code)) }
    }

    package func noteWatchRestart(of resource: String, because reason: String) {
        state.withLock { $0.restarts.increment(WatchRestartKey(resource: resource, reason: reason)) }
    }

    package func noteLeadership(_ isLeader: Bool) {
        state.withLock { $0.isLeader = isLeader }
    }

    /// The last report; `nil` before the first.
    var report: ReconcileReport? { state.withLock { $0.report } }

    /// The samples of each metric.
    var families: [MetricFamily] { state.withLock { $0 }.families }
}

extension ControllerMetrics.ReconcileResult {
    fileprivate init(_ outcome: Result<Activation.Result, DataPlaneError>) {
        self =
            switch outcome {
            case .success(.settled): .settled
            case .success(.replaced): .replaced
            case .success(.unchanged): .unchanged
            case .success(.awaitsProxy): .awaitsNginx
            case .failure: .failed
            }
    }
}
