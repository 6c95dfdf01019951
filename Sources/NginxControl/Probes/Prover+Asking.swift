import NginxSyntax
package import ProxyConfiguration
import Template

extension Prover {
    /// Sends requests through a shadow of a configuration, one after another, and says what comes of each.
    ///
    /// The shadow limits nobody, and its echo lets pass whom a service is asked about. Where it keeps no guards it looks at
    /// no password, address or client's certificate either, and blocks nobody: a request is compared with what must come
    /// of it for a client that they let pass. Where it keeps them the client is one without a password, without a
    /// certificate, and with an address that is on no list. Throws ``ProofFailure`` where nginx does not start, in its
    /// words.
    package func ask(
        _ requests: [Request],
        of configuration: Configuration,
        keepingGuards: Bool = false
    ) async throws -> [AskedRequest] {
        try await ShadowFolder.use(in: folder) { folder in
            var shadow = ShadowConfiguration(of: configuration, at: folder.place).configuration
            let outsider = keepingGuards ? configuration.outsider : nil
            if keepingGuards { shadow = shadow.guarded(like: configuration, looksAtAddresses: outsider != nil) }
            let text = shadows.text(ofShadow: shadow)
            try folder.write(text.bytes, configuration.privateFiles, readableBy: workers)
            let router = Router(shadow)
            let choice = CertificateChoice(configuration, Router(configuration))
            let probes = requests.map { request in
                var request = request
                (request.client, request.isAdmitted) = (outsider, !keepingGuards)
                // Nothing follows the head of a request.
                for name in Self.ofBodies { request.headers[name] = nil }
                // Nobody is another than who comes through the socket.
                if outsider != nil, let header = configuration.settings.forwarding?.addressHeader {
                    request.headers[header.lowercased] = nil
                }
                return Probe(request: request, serverName: request.serverName, isEssential: true)
            }
            do {
                return try await ShadowNginx.run(nginx, in: folder, within: bounds.start) {
                    let outcomes = try await ProbeClient(folder).send(probes, until: .now + bounds.time)
                    let streams = StreamProbes(folder)
                    var asked: [AskedRequest] = []
                    for (probe, outcome) in zip(probes, outcomes) {
                        let passed = router.passedHost(ofServerNamed: probe.serverName)
                        if probe.request.scheme == .https, let passed, let name = HostName(probe.serverName) {
                            let actual = await streams.receiver(of: name, until: .now + bounds.time)
                            let expected = passed.target == nil ? nil : passed.service.value
                            let passage = AskedRequest.Passage(expected: expected, actual: actual)
                            asked.append(AskedRequest(probe.request, passedOn: passage))
                            continue
                        }
                        let certificate = choice.certificate(for: probe.serverName)
                        let decision = router.route(probe.request)
                        asked.append(AskedRequest(probe.request, decision, outcome, presenting: certificate))
                    }
                    return asked
                }
            } catch let refusal as NginxRefusal {
                throw ProofFailure("nginx refuses the configuration: \(refusal.words)")
            }
        }
    }

    /// Connects to a port of a shadow, or sends a datagram there, and returns the name of the Service's port that gets it;
    /// `nil` where none does.
    ///
    /// The shadow serves every client. Throws ``ProofFailure`` where nginx does not start, in its words.
    package func receiver(at server: StreamServer, of configuration: Configuration) async throws -> String? {
        guard let streams = configuration.streams else { return nil }
        return try await ShadowFolder.use(in: folder) { folder in
            let text = shadows.text(of: configuration, at: folder.place)
            try folder.write(text.bytes, configuration.privateFiles, readableBy: workers)
            do {
                return try await ShadowNginx.run(nginx, in: folder, within: bounds.start) {
                    await StreamProbes(folder).receiver(at: server, of: streams, until: .now + .seconds(5))
                }
            } catch let refusal as NginxRefusal {
                throw ProofFailure("nginx refuses the configuration: \(refusal.words)")
            }
        }
    }

    private static let ofBodies = ["content-length", "transfer-encoding", "expect"]
}
