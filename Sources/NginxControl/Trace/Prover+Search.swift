import Controller
import Diagnostics
import IngressTranslation
import ProxyConfiguration
import Searching
import Template

extension Prover {
    /// Sets aside because of what nginx refuses; returns whether that leaves anything else than before.
    func setAside(_ refusal: NginxRefusal, _ origins: SourceMap, _ trial: inout Trial) async throws -> Bool {
        let candidate = trial.candidate
        let reach = trial.reach
        guard reach != .everything else { return trial.proof.setAsideChanges(of: candidate, because: refusal.words) }
        let limit = reach == .object ? bounds.culprits : 0
        let traced = Culprit(refusal, in: origins, of: trial.translation.configuration)
        if let traced, trial.proof.setAside(traced, because: refusal, of: candidate, limit: limit) { return true }
        for suspects in trial.suspects {
            let found = try await firstCulprit(among: suspects, in: trial, refusal) { attempt in
                if case .refused(let refusal, _) = attempt { refusal } else { nil }
            }
            guard let (group, refusal) = found else { continue }
            guard let culprit = group.first, group.count == 1 else {
                return trial.proof.setAside(companions: group, of: candidate, because: refusal.words)
            }
            return trial.proof.setAside(Culprit(culprit), because: refusal, of: candidate, limit: limit)
        }
        // The search may have come to nothing for lack of time alone.
        return trial.reach != .object && trial.proof.setAsideChanges(of: candidate, because: refusal.words)
    }

    /// Sets aside because of whom nginx does not serve requests as it should; returns whether that leaves anything else
    /// than before.
    ///
    /// A fault that shows without any of the changes is no reason to hold them back.
    func setAside(_ report: ProbeReport, _ trial: inout Trial) async throws -> Bool {
        var hosts: Set<HostPattern> = []
        var isChanged = false
        var rest: [Misrouting] = []
        // One of each host: what else goes wrong there may do so because of the same culprit.
        for misrouting in report.misroutings where misrouting.host.map({ hosts.insert($0).inserted }) ?? true {
            let limit = trial.reach == .object ? bounds.culprits : 0
            if let culprit = try await culprit(of: misrouting, in: trial),
                trial.proof.setAside(culprit, because: misrouting, of: trial.candidate, limit: limit)
            {
                isChanged = true
            } else {
                rest.append(misrouting)
            }
        }
        if isChanged { return true }
        for misrouting in rest where try await setAside(unattributed: misrouting, &trial) {
            return true
        }
        return false
    }

    /// Looks among all that has changed for who makes a request go wrong that is nobody's.
    private func setAside(unattributed misrouting: Misrouting, _ trial: inout Trial) async throws -> Bool {
        for suspects in trial.suspects {
            let found = try await firstCulprit(
                among: suspects,
                in: trial,
                misrouting,
                probing: .request(misrouting.probe)
            ) { attempt in
                if case .taken(let report) = attempt { report.misroutings.first } else { nil }
            }
            guard let (group, misrouting) = found else { continue }
            guard let culprit = group.first, group.count == 1 else {
                return trial.proof.setAside(companions: group, of: trial.candidate, because: misrouting.difference)
            }
            let limit = trial.reach == .object ? bounds.culprits : 0
            return trial.proof.setAside(culprit, because: misrouting, of: trial.candidate, limit: limit)
        }
        return false
    }

    /// Returns the object that makes requests go elsewhere: of those that share the host, not always the one that
    /// misses them.
    private func culprit(of misrouting: Misrouting, in trial: Trial) async throws -> ObjectReference? {
        let servers = trial.translation.configuration.servers
        guard let host = misrouting.host, let server = servers.first(where: { $0.host == host }) else {
            return misrouting.origin
        }
        let sharers = Set(([server.origin] + server.locations.map(\.origin)).compactMap(\.self))
        guard sharers.count > 1 else { return sharers.first ?? misrouting.origin }
        for suspects in trial.candidate.suspects {
            let some = suspects.filter(sharers.contains).map { [$0] }
            let found = try await firstCulprit(among: some, in: trial, misrouting, probing: .host(host)) { attempt in
                if case .taken(let report) = attempt { report.misroutings.first } else { nil }
            }
            if let culprit = found?.0.first { return culprit }
        }
        return misrouting.origin
    }

    /// Finds by halving the first group of suspects with which those before it are bad, and what is bad then.
    ///
    /// Returns `nil` where what is left without any of them is bad as well, and where there is no time for more.
    private func firstCulprit<Fault: Sendable>(
        among suspects: [[ObjectReference]],
        in trial: Trial,
        _ known: Fault,
        probing: Probing = .none,
        fault judge: (Attempt) -> Fault?
    ) async throws -> ([ObjectReference], Fault)? {
        let exclusions = trial.proof.exclusions
        let suspects = suspects.map { $0.filter { !exclusions.leftOut.contains($0) } }.filter { !$0.isEmpty }
        func fault(ofFirst count: Int) async throws -> Fault? {
            var fewer = exclusions
            for suspect in suspects[count...].joined() { fewer.leaveOut(suspect) }
            let configuration = trial.candidate.translation(fewer).configuration
            return judge(try await attempt(configuration, probing: probing))
        }
        guard !suspects.isEmpty, try await fault(ofFirst: 0) == nil else { return nil }
        var search = HalvingSearch(count: suspects.count)
        var latest = known
        while let count = search.next {
            guard trial.reach != .everything else { return nil }
            let found = try await fault(ofFirst: count)
            search.note(isBad: found != nil)
            latest = found ?? latest
        }
        return (suspects[search.culprit], latest)
    }
}
