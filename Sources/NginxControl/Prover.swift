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
    let renderer: ConfigurationRenderer
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
        self.renderer = renderer
        self.bounds = bounds
        self.misrouting = misrouting
        self.folder = folder
    }

    /// Proves everything but what nginx refuses, which is found and named.
    ///
    /// With a configuration that has been `served`, requests are sent only to what has changed since. Throws only
    /// what is no fault of the candidate, such as ``ProofFailure``, and when the task is cancelled.
    package func prove(_ candidate: Candidate, since served: Configuration? = nil) async throws -> Proof {
        var proof = Proof()
        for _ in 0..<bounds.culprits {
            let translation = candidate.translation(proof.exclusions)
            switch try await attempt(translation.configuration, probing: .since(served)) {
            case .taken(let report):
                if misrouting == .setAside, !report.misrouted.isEmpty {
                    guard proof.setAside(report, of: candidate) else { return proof }
                    continue
                }
                proof.findings += report.findings
                proof.requestCount = report.requestCount
                proof.translation = translation
                return proof
            case .refused(let refusal, let generation):
                let traced = Culprit(refusal, in: generation, of: translation.configuration)
                if let traced, proof.setAside(traced, because: refusal, of: candidate) { continue }
                guard let (culprit, refusal) = try await search(candidate, without: proof.exclusions, refusal),
                    proof.setAside(culprit, because: refusal, of: candidate)
                else {
                    proof.findings.append(.refusedWhole(refusal))
                    return proof
                }
            }
        }
        proof.findings.append(.tooManyCulprits(bounds.culprits))
        return proof
    }

    /// Finds a culprit that nginx does not name, first among the Ingresses that have changed.
    private func search(
        _ candidate: Candidate,
        without exclusions: Exclusions,
        _ refusal: NginxRefusal
    ) async throws -> (Culprit, NginxRefusal)? {
        for suspects in candidate.suspects {
            let rest = suspects.filter { !exclusions.leftOut.contains($0) }
            if let found = try await search(rest, in: candidate, without: exclusions, refusal) { return found }
        }
        return nil
    }

    /// Finds the first suspect with which those before it are refused.
    ///
    /// Returns `nil` where nginx refuses even what is left without any of them.
    private func search(
        _ suspects: [ObjectReference],
        in candidate: Candidate,
        without exclusions: Exclusions,
        _ refusal: NginxRefusal
    ) async throws -> (Culprit, NginxRefusal)? {
        func start(ofFirst count: Int) async throws -> NginxRefusal? {
            var fewer = exclusions
            fewer.leftOut.formUnion(suspects[count...])
            let configuration = candidate.translation(fewer).configuration
            guard case .refused(let refusal, _) = try await attempt(configuration, probing: nil) else { return nil }
            return refusal
        }
        guard !suspects.isEmpty, try await start(ofFirst: 0) == nil else { return nil }
        var (taken, refused, words) = (0, suspects.count, refusal)
        while refused - taken > 1 {
            let middle = (taken + refused) / 2
            if let refusal = try await start(ofFirst: middle) {
                (refused, words) = (middle, refusal)
            } else {
                taken = middle
            }
        }
        return (Culprit(suspects[refused - 1]), words)
    }

    /// What became of one start.
    private enum Attempt {
        case taken(ProbeReport)
        case refused(NginxRefusal, Generation)
    }

    /// Which requests are sent; `nil` for none.
    private struct Probing {
        var served: Configuration?

        static func since(_ served: Configuration?) -> Probing? { Probing(served: served) }
    }

    private func attempt(_ configuration: Configuration, probing: Probing?) async throws -> Attempt {
        try await ShadowFolder.use(in: folder) { folder in
            let shadow = ShadowConfiguration(of: configuration, at: folder.place)
            let generation = renderer.render(shadow.configuration)
            try folder.write(generation)
            do {
                return .taken(
                    try await ShadowNginx.run(nginx, in: folder, within: bounds.start) {
                        guard let probing else { return ProbeReport() }
                        return try await probe(configuration, since: probing.served, in: folder)
                    }
                )
            } catch let refusal as NginxRefusal {
                return .refused(refusal, generation)
            }
        }
    }

    private func probe(
        _ configuration: Configuration,
        since served: Configuration?,
        in folder: ShadowFolder
    ) async throws -> ProbeReport {
        let deadline = ContinuousClock.now + bounds.time
        let all = EdgeProbes(configuration, since: served)
        let probes = all.sample(bounds.requests)
        let outcomes = try await ProbeClient(folder).send(probes, until: deadline)
        return ProbeReport(Array(zip(probes, outcomes)), of: all.probes.count, configuration)
    }
}

extension Proof {
    /// Returns whether that leaves anything else than before.
    fileprivate mutating func setAside(
        _ culprit: Culprit,
        because refusal: NginxRefusal,
        of candidate: Candidate
    ) -> Bool {
        var changed = false
        for object in culprit.leftOut where exclusions.setAside(object, isRevertible: candidate.isRevertible(object)) {
            changed = true
        }
        guard changed else { return false }
        findings.removeAll { $0.object == culprit.object }
        findings.append(culprit.finding(refusal, exclusions))
        return true
    }

    /// Sets aside whose requests nginx sends elsewhere; returns whether all of that could be set aside.
    fileprivate mutating func setAside(_ report: ProbeReport, of candidate: Candidate) -> Bool {
        findings += report.findings
        for object in report.misrouted {
            guard let object, object.isIngress,
                exclusions.setAside(object, isRevertible: candidate.isRevertible(object))
            else { return false }
        }
        return true
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

    fileprivate static func tooManyCulprits(_ count: Int) -> Diagnostic {
        Diagnostic(
            .error,
            code: "proof-unfinished",
            "nginx refuses more than these \(count); nothing is proven until they are mended"
        )
    }
}
