import Controller
import Diagnostics
import IngressTranslation
import NginxSyntax
import ProxyConfiguration
import Synchronization

/// A data plane that refuses what it is told to, and remembers the hosts that went live.
final class RecordingDataPlane: DataPlane {
    private struct State {
        var refused: Set<String> = []
        var companions: Set<String> = []
        var failure: DataPlaneError?
        var live: [[String]] = []
    }

    private let state = Mutex(State())

    /// The values of app-root that are refused, wherever they stand.
    func refuse(_ values: Set<String>) { state.withLock { $0.refused = values } }

    /// The values of app-root that are set aside though nothing is wrong with them.
    func setAsideWithCulprits(_ values: Set<String>) { state.withLock { $0.companions = values } }

    func fail(with error: DataPlaneError?) { state.withLock { $0.failure = error } }

    /// The generations that went live, one after another: `host=app-root` of each host.
    var live: [[String]] { state.withLock { $0.live } }

    func activate(
        _ candidate: Candidate,
        willSetAside: @Sendable (Exclusions, [Diagnostic]) throws -> Void
    ) async throws(DataPlaneError) -> Activation {
        if let failure = state.withLock({ $0.failure }) { throw failure }
        let refused = state.withLock { $0.refused }
        var exclusions = Exclusions()
        var findings: [Diagnostic] = []
        while let bad = candidate.translation(exclusions).configuration.servers.first(where: { server in
            server.policy.appRoot.map { refused.contains($0.path.description) } ?? false
        })?.origin {
            exclusions.setAside(bad, isRevertible: candidate.isRevertible(bad))
            findings.append(Diagnostic(.error, code: "nginx-refused", "refused", object: bad))
        }
        let besides = state.withLock { $0.companions }
        let companions = candidate.translation(exclusions).configuration.servers.filter { server in
            server.policy.appRoot.map { besides.contains($0.path.description) } ?? false
        }
        _ = exclusions.setAside(companions: companions.compactMap(\.origin), of: candidate)
        if !exclusions.isEmpty {
            do { try willSetAside(exclusions, findings) } catch { throw .unwritable(reason: "\(error)") }
        }
        let translation = candidate.translation(exclusions)
        let hosts = translation.configuration.servers.compactMap { server in
            server.policy.appRoot.map { "\(server.host.text)=\($0.path.description)" }
        }
        let isNew = state.withLock { state in
            guard state.live.last != hosts else { return false }
            state.live.append(hosts)
            return true
        }
        return Activation(
            isNew ? .settled : .unchanged,
            generation: hosts.joined(),
            translation: translation,
            exclusions: exclusions,
            findings: findings
        )
    }
}
