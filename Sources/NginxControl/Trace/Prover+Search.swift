import Controller
import Diagnostics
import IngressTranslation
import ProxyConfiguration

extension Prover {
    /// Finds a culprit that nginx does not name, first among the Ingresses that have changed.
    func search(
        _ candidate: Candidate,
        without exclusions: Exclusions,
        _ refusal: NginxRefusal
    ) async throws -> (Culprit, NginxRefusal)? {
        for suspects in candidate.suspects {
            let found = try await firstCulprit(among: suspects, of: candidate, without: exclusions, refusal) {
                attempt in
                if case .refused(let refusal, _) = attempt { refusal } else { nil }
            }
            if let (culprit, refusal) = found { return (Culprit(culprit), refusal) }
        }
        return nil
    }

    /// Sets aside because of whom nginx sends requests elsewhere; returns whether all of that could be set aside.
    func setAside(
        _ report: ProbeReport,
        of configuration: Configuration,
        _ proof: inout Proof,
        _ candidate: Candidate
    ) async throws -> Bool {
        var hosts: Set<HostPattern> = []
        // One of each host: what else goes wrong there may do so because of the same culprit.
        for misrouting in report.misroutings where misrouting.host.map({ hosts.insert($0).inserted }) ?? true {
            guard let culprit = try await culprit(of: misrouting, in: configuration, proof.exclusions, candidate),
                proof.setAside(culprit, because: misrouting, of: candidate)
            else {
                proof.findings.append(misrouting.finding())
                return false
            }
        }
        return true
    }

    /// Whose fault it is that requests go elsewhere: of those who share the host, not always who misses them.
    private func culprit(
        of misrouting: Misrouting,
        in configuration: Configuration,
        _ exclusions: Exclusions,
        _ candidate: Candidate
    ) async throws -> ObjectReference? {
        guard let host = misrouting.host, let server = configuration.servers.first(where: { $0.host == host }) else {
            return misrouting.origin
        }
        let sharers = Set(([server.origin] + server.locations.map(\.origin)).compactMap(\.self))
        guard sharers.count > 1 else { return sharers.first ?? misrouting.origin }
        let suspects = candidate.suspects.map { $0.filter(sharers.contains) }
        for some in suspects {
            let found = try await firstCulprit(
                among: some,
                of: candidate,
                without: exclusions,
                misrouting,
                probing: .host(host)
            ) { attempt in
                if case .taken(let report) = attempt { report.misroutings.first } else { nil }
            }
            if let (culprit, _) = found { return culprit }
        }
        return misrouting.origin
    }

    /// Finds by halving the first suspect with which those before it are bad, and what is bad then.
    ///
    /// Returns `nil` where what is left without any of them is bad as well.
    private func firstCulprit<Fault: Sendable>(
        among suspects: [ObjectReference],
        of candidate: Candidate,
        without exclusions: Exclusions,
        _ known: Fault,
        probing: Probing = .none,
        fault judge: (Attempt) -> Fault?
    ) async throws -> (ObjectReference, Fault)? {
        let suspects = suspects.filter { !exclusions.leftOut.contains($0) }
        func fault(ofFirst count: Int) async throws -> Fault? {
            var fewer = exclusions
            for suspect in suspects[count...] {
                fewer.reverted.remove(suspect)
                fewer.leftOut.insert(suspect)
            }
            return judge(try await attempt(candidate.translation(fewer).configuration, probing: probing))
        }
        guard !suspects.isEmpty, try await fault(ofFirst: 0) == nil else { return nil }
        var (good, bad, latest) = (0, suspects.count, known)
        while bad - good > 1 {
            let middle = (good + bad) / 2
            if let found = try await fault(ofFirst: middle) { (bad, latest) = (middle, found) } else { good = middle }
        }
        return (suspects[bad - 1], latest)
    }
}

extension Proof {
    /// Returns whether that leaves anything else than before.
    mutating func setAside(_ culprit: Culprit, because refusal: NginxRefusal, of candidate: Candidate) -> Bool {
        var changed = false
        for object in culprit.leftOut where exclusions.setAside(object, isRevertible: candidate.isRevertible(object)) {
            changed = true
        }
        guard changed else { return false }
        findings.removeAll { $0.object == culprit.object }
        findings.append(culprit.finding(refusal, exclusions))
        return true
    }

    fileprivate mutating func setAside(
        _ culprit: ObjectReference,
        because misrouting: Misrouting,
        of candidate: Candidate
    ) -> Bool {
        guard culprit.mayBeSetAside, exclusions.setAside(culprit, isRevertible: candidate.isRevertible(culprit)) else {
            return false
        }
        findings.removeAll { $0.object == culprit }
        let leftOut = culprit.isIngress ? "it is left out" : "the default certificate serves"
        let consequence = exclusions.reverted.contains(culprit) ? "its last good form serves" : leftOut
        findings.append(misrouting.finding(of: culprit, consequence: consequence))
        return true
    }
}
