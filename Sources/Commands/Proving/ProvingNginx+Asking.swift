import Daemon
import NginxControl
import ProxyConfiguration
import Synchronization

extension ProvingNginx {
    /// Sends requests through a shadow of a configuration; a signal that asks the program to end stops it, and nothing is
    /// left behind.
    func ask(_ requests: [Request], of configuration: Configuration, by pipeline: Pipeline) async throws
        -> [AskedRequest]
    {
        let prover = Prover(program, renderer: pipeline.renderer)
        prover.clearLeftovers()
        let answers = Mutex<[AskedRequest]?>(nil)
        do {
            _ = try await EndSignals.untilRaised {
                let asked = try await prover.ask(requests, of: configuration)
                answers.withLock { $0 = asked }
            }
        } catch let failure as ProofFailure {
            throw CommandFailure("nothing could be proven: \(failure)")
        }
        guard let answers = answers.withLock({ $0 }) else {
            throw CommandFailure("ended before anything was proven; nothing is left behind")
        }
        return answers
    }
}
