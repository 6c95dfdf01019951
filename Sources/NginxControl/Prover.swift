import Diagnostics
package import NginxRendering
import ProxyConfiguration

/// Proves configurations on a real nginx: that it takes them, and that it routes as the model says.
///
/// The nginx is a shadow of its own, which no client reaches, and which reaches no backend.
package struct Prover: Sendable {
    let nginx: NginxProgram
    let renderer: ConfigurationRenderer
    let bounds: ProofBounds
    let folder: String?

    /// Keeps its temporary files in a folder, whose name must be short because Unix sockets' names are; without
    /// one where temporary files usually are.
    package init(
        _ nginx: NginxProgram,
        renderer: ConfigurationRenderer,
        bounds: ProofBounds = ProofBounds(),
        folder: String? = nil
    ) {
        self.nginx = nginx
        self.renderer = renderer
        self.bounds = bounds
        self.folder = folder
    }

    /// Proves everything but what nginx refuses, which is found and named.
    ///
    /// Throws only what is no fault of the subject, such as ``ProofFailure``, and when the task is cancelled.
    package func prove(_ subject: ProofSubject) async throws -> Proof {
        var proof = Proof()
        for _ in 0..<bounds.culprits {
            let configuration = subject.configuration(proof.leftOut)
            switch try await attempt(configuration, probing: true) {
            case .taken(let report):
                proof.findings += report.findings
                proof.requestCount = report.requestCount
                return proof
            case .refused(let refusal, let generation):
                let traced = Culprit(refusal, in: generation, of: configuration, among: Set(subject.ingresses))
                if let culprit = traced, !culprit.leftOut.isSubset(of: proof.leftOut) {
                    proof.leave(out: culprit, because: refusal)
                } else if let (culprit, refusal) = try await search(subject, without: proof.leftOut, refusal) {
                    proof.leave(out: culprit, because: refusal)
                } else {
                    proof.findings.append(.refusedWhole(refusal))
                    return proof
                }
            }
        }
        proof.findings.append(.tooManyCulprits(bounds.culprits))
        return proof
    }

    /// Finds a culprit that nginx does not name: the first Ingress with which those before it are refused.
    ///
    /// Returns `nil` where nginx refuses even what is left without any Ingress.
    private func search(
        _ subject: ProofSubject,
        without leftOut: Set<ObjectReference>,
        _ refusal: NginxRefusal
    ) async throws -> (Culprit, NginxRefusal)? {
        let suspects = subject.ingresses.filter { !leftOut.contains($0) }
        func start(ofFirst count: Int) async throws -> NginxRefusal? {
            let configuration = subject.configuration(leftOut.union(suspects[count...]))
            guard case .refused(let refusal, _) = try await attempt(configuration, probing: false) else { return nil }
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

    private func attempt(_ configuration: Configuration, probing: Bool) async throws -> Attempt {
        try await ShadowFolder.use(in: folder) { folder in
            let shadow = ShadowConfiguration(of: configuration, at: folder.place)
            let generation = renderer.render(shadow.configuration)
            try folder.write(generation)
            do {
                return .taken(
                    try await ShadowNginx.run(nginx, in: folder, within: bounds.start) {
                        probing ? try await probe(configuration, in: folder) : ProbeReport()
                    }
                )
            } catch let refusal as NginxRefusal {
                return .refused(refusal, generation)
            }
        }
    }

    private func probe(_ configuration: Configuration, in folder: ShadowFolder) async throws -> ProbeReport {
        let deadline = ContinuousClock.now + bounds.time
        let all = EdgeProbes(configuration)
        let probes = all.sample(bounds.requests)
        let outcomes = try await ProbeClient(folder).send(probes, until: deadline)
        return ProbeReport(Array(zip(probes, outcomes)), of: all.probes.count, configuration)
    }
}

extension Proof {
    fileprivate mutating func leave(out culprit: Culprit, because refusal: NginxRefusal) {
        leftOut.formUnion(culprit.leftOut)
        findings.append(culprit.finding(refusal))
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
