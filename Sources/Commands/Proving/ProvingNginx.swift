import Daemon
import Controller
import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxControl
import NginxRendering
import NginxSyntax
import Synchronization

/// The nginx on which configurations are proven.
struct ProvingNginx: Sendable {
    let capabilities: NginxCapabilities
    let program: NginxProgram

    /// Takes the nginx at a path, or the one of this machine; refuses one that would be given another text than
    /// the nginx that the options name.
    init(at path: String?, for options: RenderingOptions) async throws(CommandFailure) {
        guard let program = NginxProgram(at: path) else {
            let missing = path.map { "\($0) is no program" } ?? "nginx is not installed"
            throw CommandFailure("nothing can be proven: \(missing)")
        }
        guard let capabilities = await program.capabilities() else {
            throw CommandFailure("nothing can be proven: \(program.path) -V does not say which nginx it is")
        }
        if let version = options.nginxVersion, !capabilities.areReported(like: NginxCapabilities(version: version)) {
            throw CommandFailure(
                "a configuration for nginx \(version) cannot be proven on \(program.path), "
                    + "which is nginx \(capabilities.version)"
            )
        }
        self.program = program
        self.capabilities = capabilities
    }

    /// Proves what manifests come to; a signal that asks the program to end stops it, and nothing is left behind.
    func prove(_ result: Pipeline.Result, of pipeline: Pipeline) async throws -> Proof {
        let prover = Prover(program, renderer: pipeline.renderer)
        prover.clearLeftovers()
        let proof = Mutex<Proof?>(nil)
        let candidate = result.candidate(of: pipeline)
        do {
            _ = try await EndSignals.untilRaised {
                let result = try await prover.prove(candidate)
                proof.withLock { $0 = result }
            }
        } catch let failure as ProofFailure {
            throw CommandFailure("nothing could be proven: \(failure)")
        }
        guard var proof = proof.withLock({ $0 }) else {
            throw CommandFailure("ended before anything was proven; nothing is left behind")
        }
        proof.findings = proof.findings.map(result.snapshot.placed)
        return proof
    }

    /// `proven: 1,234 requests on nginx 1.22.1`, and how many more cannot be.
    func summary(of proof: Proof) -> String {
        let count = proof.requestCount
        guard count > 0 else { return "not proven on nginx \(capabilities.version)" }
        let undecided = proof.undecidedCount > 0 ? "; \(proof.undecidedCount.grouped) cannot be proven" : ""
        return "proven: \(count.grouped) request\(count == 1 ? "" : "s") on nginx \(capabilities.version)\(undecided)"
    }
}

extension NginxCapabilities {
    /// Whether both are given the same text.
    fileprivate func areReported(like other: NginxCapabilities) -> Bool {
        hasHTTP2Directive == other.hasHTTP2Directive && hasKeepaliveMinTimeout == other.hasKeepaliveMinTimeout
            && keepsConnectionsUnasked == other.keepsConnectionsUnasked
    }
}
