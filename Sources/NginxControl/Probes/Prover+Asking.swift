package import ProxyConfiguration
import Template

extension Prover {
    /// Sends requests through a shadow of a configuration, one after another, and says what comes of each.
    ///
    /// The shadow looks at no password, no address, no limit and no client's certificate, and blocks nobody: a request
    /// is compared with what must come of it for a client that the guards let pass. Throws ``ProofFailure`` where nginx
    /// does not start, in its words.
    package func ask(_ requests: [Request], of configuration: Configuration) async throws -> [AskedRequest] {
        try await ShadowFolder.use(in: folder) { folder in
            let text = shadows.text(of: configuration, at: folder.place)
            try folder.write(text.bytes, configuration.privateFiles, readableBy: workers)
            let shadow = ShadowConfiguration(of: configuration, at: folder.place).configuration
            let router = Router(shadow)
            let choice = CertificateChoice(configuration, Router(configuration))
            let probes = requests.map { request in
                var request = request
                (request.client, request.isAdmitted) = (nil, true)
                // Nothing follows the head of a request.
                for name in Self.ofBodies { request.headers[name] = nil }
                return Probe(request: request, serverName: request.serverName, isEssential: true)
            }
            do {
                return try await ShadowNginx.run(nginx, in: folder, within: bounds.start) {
                    let outcomes = try await ProbeClient(folder).send(probes, until: .now + bounds.time)
                    return zip(probes, outcomes).map { probe, outcome in
                        let certificate = choice.certificate(for: probe.serverName)
                        let decision = router.route(probe.request)
                        return AskedRequest(probe.request, decision, outcome, presenting: certificate)
                    }
                }
            } catch let refusal as NginxRefusal {
                throw ProofFailure("nginx refuses the configuration: \(refusal.words)")
            }
        }
    }

    private static let ofBodies = ["content-length", "transfer-encoding", "expect"]
}
