package import Controller
import Diagnostics
import IngressTranslation
package import NginxRendering
package import ProxyConfiguration
import Template

/// Proves configurations on a real nginx: that it takes them, and that it routes as the model says.
///
/// The nginx is a shadow of its own, which no client reaches, and which reaches no backend.
package struct Prover: Sendable {
    let nginx: NginxProgram
    let shadows: ShadowRenderer
    private let parts = PartsOfProofs()
    let workers: WorkerGroup
    let bounds: ProofBounds
    let misrouting: MisroutingPolicy
    let folder: String?

    /// Keeps its temporary files in a folder, whose name must be short because Unix sockets' names are; without
    /// one where temporary files usually are.
    package init(
        _ nginx: NginxProgram,
        renderer: ConfigurationRenderer,
        bounds: ProofBounds = ProofBounds(),
        misrouting: MisroutingPolicy = .report,
        folder: String? = nil
    ) {
        self.nginx = nginx
        shadows = ShadowRenderer(renderer)
        workers = WorkerGroup(of: renderer.capabilities)
        self.bounds = bounds
        self.misrouting = misrouting
        self.folder = folder
    }

    /// Removes what proofs have left behind whose processes were killed.
    package func clearLeftovers() {
        ShadowFolder.clearLeftovers(in: folder)
    }

    /// Proves everything but what nginx refuses, which is found and named.
    ///
    /// Throws only what is no fault of the candidate, such as ``ProofFailure``, and when the task is cancelled.
    ///
    /// - Parameters:
    ///   - earlier: What is set aside already, and why.
    ///   - served: What has been proven before: requests are sent only to what has changed since, and no nginx is started
    ///     where only endpoints have.
    ///   - whole: Whether a shadow reads all of the configuration, however little has changed.
    package func prove(
        _ candidate: Candidate,
        after earlier: Proof = Proof(),
        since served: Configuration? = nil,
        whole: Bool = false
    ) async throws -> Proof {
        var trial = Trial(of: candidate, after: earlier, CulpritSearch(bounds))
        // Each time around more is set aside than before.
        while true {
            let start = ContinuousClock.now
            let translation = trial.translation
            if let served, translation.configuration.differsOnlyInEndpoints(from: served) {
                trial.proof.translation = translation
                return trial.proof
            }
            // What goes wrong with a part is looked into with the whole.
            if !whole, let report = try await proveChanges(in: translation.configuration, since: served) {
                trial.proof.isOfPart = true
                return trial.proof(of: translation, by: report, misrouting)
            }
            let attempt = try await attempt(translation.configuration, probing: .changes(since: served))
            trial.note(attempt: ContinuousClock.now - start)
            switch attempt {
            case .taken(let report):
                if misrouting == .setAside, try await setAside(report, &trial) { continue }
                return trial.proof(of: translation, by: report, misrouting)
            case .refused(let refusal, let origins):
                if try await setAside(refusal, origins, &trial) { continue }
                trial.proof.findings.append(.refusedWhole(refusal))
                return trial.proof
            }
        }
    }

    /// Proves no more than what has changed; returns `nil` where that is not enough, or something of it is wrong.
    private func proveChanges(
        in configuration: Configuration,
        since served: Configuration?
    ) async throws -> ProbeReport? {
        guard let served, let part = parts.part(of: configuration, since: served) else { return nil }
        let attempt = try await attempt(part.configuration, probing: .changes(since: part.served))
        guard case .taken(let report) = attempt, report.isClean else { return nil }
        return report
    }

    /// The outcome of one start.
    enum Attempt {
        case taken(ProbeReport)
        case refused(NginxRefusal, SourceMap)
    }

    /// Which requests are sent.
    enum Probing {
        case none
        /// To every host that another configuration does not have as it is; with `nil` to all.
        case changes(since: Configuration?)
        case host(HostPattern)
        case request(Probe)
    }

    func attempt(_ configuration: Configuration, probing: Probing) async throws -> Attempt {
        try await ShadowFolder.use(in: folder) { folder in
            let text = shadows.text(of: configuration, at: folder.place)
            try folder.write(text.bytes, configuration.privateFiles, readableBy: workers)
            let start = ContinuousClock.now
            do {
                return .taken(
                    try await ShadowNginx.run(nginx, in: folder, within: bounds.start) {
                        let time = max(bounds.time, .now - start)
                        return try await probe(configuration, probing, in: folder, until: .now + time)
                    }
                )
            } catch let refusal as NginxRefusal {
                return .refused(refusal, text.origins)
            }
        }
    }

    private func probe(
        _ configuration: Configuration,
        _ probing: Probing,
        in folder: ShadowFolder,
        until deadline: ContinuousClock.Instant
    ) async throws -> ProbeReport {
        var served: Configuration?
        switch probing {
        case .none: return ProbeReport()
        case .request(let probe):
            let probes = DecidedProbes([probe], by: Router(configuration))
            let outcomes = try await ProbeClient(folder).send(probes.probes.map(\.probe), until: deadline)
            return ProbeReport(outcomes, of: probes, among: 1, configuration)
        case .changes(let since): served = since
        case .host(let host):
            var others = configuration
            others.servers.removeAll { $0.host == host }
            served = others
        }
        let all = EdgeProbes(configuration, since: served, variations: bounds.variations)
        let sample = all.sample(bounds.requests)
        // TLS last: a handshake costs as much as ten requests, and the time may not be enough for all.
        let sorted = sample.filter { $0.request.scheme == .http } + sample.filter { $0.request.scheme == .https }
        let probes = DecidedProbes(sorted, by: Router(configuration))
        let outcomes = try await ProbeClient(folder).send(probes.probes.map(\.probe), until: deadline)
        var report = ProbeReport(outcomes, of: probes, among: all.probes.count, configuration)
        if configuration.streams != nil, case .changes = probing {
            report.streamFindings = await StreamProbes(folder).findings(
                configuration,
                since: served,
                until: max(deadline, .now + .seconds(5))
            )
        }
        return report
    }
}

extension Trial {
    /// The proof of what is left, with what the requests have shown.
    fileprivate func proof(
        of translation: Translation,
        by report: ProbeReport,
        _ misrouting: MisroutingPolicy
    ) -> Proof {
        var proof = proof
        proof.findings += report.findings(consequence: misrouting.consequence)
        proof.requestCount = report.requestCount
        proof.undecidedCount = report.undecidedCount
        proof.translation = translation
        return proof
    }
}

extension MisroutingPolicy {
    /// The effect of a fault for which no object is set aside.
    fileprivate var consequence: String? {
        switch self {
        case .report: nil
        case .setAside: "served all the same: it goes wrong without what has changed as well"
        }
    }
}

extension Diagnostic {
    fileprivate static func refusedWhole(_ refusal: NginxRefusal) -> Diagnostic {
        Diagnostic(
            .error,
            code: "nginx-refused",
            "nginx refuses the configuration even without any Ingress; nothing is proven: \(refusal.words)"
        )
    }
}
