import Daemon
import NginxControl
import NginxSyntax
import ProxyConfiguration
import Synchronization

extension ProvingNginx {
    /// Sends requests through a shadow of a configuration.
    func ask(
        _ requests: [Request],
        of configuration: Configuration,
        by pipeline: Pipeline,
        keepingGuards: Bool = false
    ) async throws -> [AskedRequest] {
        try await asking(by: pipeline) { prover in
            try await prover.ask(requests, of: configuration, keepingGuards: keepingGuards)
        }
    }

    /// Asks a shadow of a configuration where a port of TCP or UDP leads.
    func prove(
        _ server: StreamServer,
        of configuration: Configuration,
        by pipeline: Pipeline
    ) async throws -> RequestProof {
        let receiver = try await asking(by: pipeline) { prover in
            try await prover.receiver(at: server, of: configuration)
        }
        return RequestProof(
            receiver: receiver,
            insteadOf: server.service.value,
            of: server.transport == .udp ? "a datagram" : "a connection",
            on: "\(capabilities.version)"
        )
    }

    /// Asks a shadow; a signal that asks the program to end stops it, and nothing is left behind.
    private func asking<Answer: Sendable>(
        by pipeline: Pipeline,
        _ ask: @escaping @Sendable (Prover) async throws -> Answer
    ) async throws -> Answer {
        let prover = Prover(program, renderer: pipeline.renderer)
        prover.clearLeftovers()
        let answer = Mutex<Answer?>(nil)
        do {
            _ = try await EndSignals.untilRaised {
                let found = try await ask(prover)
                answer.withLock { $0 = found }
            }
        } catch let failure as ProofFailure {
            throw CommandFailure("nothing could be proven: \(failure)")
        }
        guard let answer = answer.withLock({ $0 }) else {
            throw CommandFailure("ended before anything was proven; nothing is left behind")
        }
        return answer
    }

    /// Sends the request of an explanation: with its guards, and where these decide otherwise about the client of the
    /// request than about a stranger, or more is to be known, without.
    func prove(_ request: Request, _ explanation: Explanation, of configuration: Configuration, by pipeline: Pipeline)
        async throws -> RequestProof?
    {
        let version = "\(capabilities.version)"
        let guarded = try await ask([request], of: configuration, by: pipeline, keepingGuards: true).first
        if let guarded {
            if guarded.agrees == false || guarded.passage != nil {
                return RequestProof(guarded, isAdmitted: false, on: version)
            }
            if explanation.given.outcome != .undecided, let actual = guarded.actual,
                ProbeOutcome(explanation.given).isMet(by: actual)
            {
                return RequestProof(guarded, isAdmitted: false, on: version)
            }
        }
        let asked = try await ask([request], of: configuration, by: pipeline).first
        return asked.map { RequestProof($0, isAdmitted: explanation.answerOnceAdmitted != nil, on: version) }
    }
}
