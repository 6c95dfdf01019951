package import Diagnostics
package import IngressTranslation

/// The proxy that serves, as the controller sees it.
package protocol DataPlane: Sendable {
    /// Takes a candidate live, without what the proxy refuses of it.
    ///
    /// The generation that served before keeps serving when this throws.
    ///
    /// - Parameter willSetAside: Told what is set aside and why, before anything goes live without it; where it
    ///   throws, nothing does.
    func activate(
        _ candidate: Candidate,
        willSetAside: @Sendable (Exclusions, [Diagnostic]) throws -> Void
    ) async throws(DataPlaneError) -> Activation

    /// Has the proxy know what it learns without a reload of a translation that may go live later.
    func announce(_ translation: Translation) async
}

extension DataPlane {
    package func announce(_ translation: Translation) async {}
}

/// The outcome for a candidate that was not refused.
package struct Activation: Sendable {
    package enum Result: Sendable, Hashable {
        /// The proxy answers for the new generation.
        case settled
        /// The proxy served this generation already.
        case unchanged
        /// The proxy serves it already, and files have been replaced that it reads while it serves.
        case replaced([String])
        /// The generation is ready, and no proxy runs that could take it.
        case awaitsProxy
    }

    package var result: Result
    package var generation: String
    /// The translation that the generation was made of.
    package var translation: Translation
    package var exclusions: Exclusions
    /// Why each object was set aside, and what else was found while proving.
    package var findings: [Diagnostic]
    package var steps: [StepTime]
    /// How many names of endpoints have other addresses than before, of which the proxy learns without a reload.
    package var endpointChanges = 0

    package init(
        _ result: Result,
        generation: String,
        translation: Translation,
        exclusions: Exclusions = Exclusions(),
        findings: [Diagnostic] = [],
        steps: [StepTime] = []
    ) {
        self.result = result
        self.generation = generation
        self.translation = translation
        self.exclusions = exclusions
        self.findings = findings
        self.steps = steps
    }
}

/// How long one step of a reconcile took.
package struct StepTime: Sendable, Hashable {
    package var step: Step
    package var duration: Duration

    package init(_ step: Step, _ duration: Duration) {
        self.step = step
        self.duration = duration
    }

    /// The steps of a reconcile, in their order.
    package enum Step: String, Sendable, Hashable, CaseIterable {
        case read
        case translate
        case render
        case prove
        case stage
        case replace
        case point
        case reload
        case settle
    }
}

/// Why the proxy still serves the previous generation.
package enum DataPlaneError: Error, Hashable, CustomStringConvertible {
    /// Nothing could be proven, for no fault of the candidate.
    case unproven(reason: String)
    /// The proxy refuses more than can be set aside.
    case refused([Diagnostic])
    /// The generation cannot be written.
    case unwritable(reason: String)
    /// The proxy that serves refused the generation, in its own words.
    case reloadRefused(words: String)
    /// The proxy did not answer for the generation in time.
    case reloadTimedOut(after: Duration, hint: String?)
    /// The proxy that serves cannot be told to reload.
    case unreachable(String)
    /// The proxy ended while it reloaded.
    case proxyDied
    /// The proxy could not be started, in its own words.
    case startFailed(words: String)
    /// The controller is about to end.
    case cancelled

    package var description: String {
        switch self {
        case .unproven(let reason): "nothing could be proven: \(reason)"
        case .refused(let findings): findings.map(\.message).joined(separator: "; ")
        case .unwritable(let reason): "the generation cannot be written: \(reason)"
        case .reloadRefused(let words): "nginx refuses to reload: \(words)"
        case .reloadTimedOut(let time, let hint):
            "nginx does not answer for the generation within \(time)" + (hint.map { "; \($0)" } ?? "")
        case .unreachable(let reason): reason
        case .proxyDied: "nginx ended while it reloaded"
        case .startFailed(let words): "nginx does not start: \(words)"
        case .cancelled: "ended before it was done"
        }
    }

    /// Whether the same candidate may succeed later.
    package var mayPass: Bool {
        switch self {
        case .refused: false
        default: true
        }
    }
}
