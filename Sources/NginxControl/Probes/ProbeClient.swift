import Curl
import ProxyConfiguration

/// Sends probes, one after another over connections that it keeps: by libcurl those that need TLS.
actor ProbeClient {
    private let thread = ThreadExecutor("postern.probes")
    private let handle: CurlHandle
    private let folder: ShadowFolder
    private var plain: PlainProbes
    /// The names for which no handshake comes about, and why: trying again for each of their requests takes time.
    private var handshakeFailures: [String: CurlError] = [:]

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ folder: ShadowFolder) throws {
        handle = try CurlHandle()
        self.folder = folder
        plain = PlainProbes(socket: folder.httpSocket)
    }

    /// The outcome of each probe that was sent before the deadline, in order.
    func send(
        _ probes: [Probe],
        until deadline: ContinuousClock.Instant
    ) throws -> [Result<ProbeOutcome, CurlError>] {
        var outcomes: [Result<ProbeOutcome, CurlError>] = []
        outcomes.reserveCapacity(probes.count)
        for probe in probes {
            try Task.checkCancellation()
            guard ContinuousClock.now < deadline else { break }
            outcomes.append(outcome(of: probe))
        }
        return outcomes
    }

    private func outcome(of probe: Probe) -> Result<ProbeOutcome, CurlError> {
        let isSecure = probe.request.scheme == .https
        if isSecure, let failure = handshakeFailures[probe.serverName] { return .failure(failure) }
        do throws(CurlError) {
            return .success(ProbeOutcome(try send(probe)))
        } catch {
            // A machine under load may have been too slow once; who does not answer twice has a reason.
            let second = Result { () throws(CurlError) in ProbeOutcome(try send(probe)) }
            if case .failure(let error) = second, error.isOfHandshake { handshakeFailures[probe.serverName] = error }
            return second
        }
    }

    private func send(_ probe: Probe) throws(CurlError) -> RawResponse {
        let request = probe.request
        guard request.scheme == .https else { return try plain.send(request) }
        // Each host has a connection of its own, because a handshake names one.
        return try handle.send(
            RawRequest(
                url: "https://\(probe.serverName)/",
                method: request.method,
                target: request.target,
                host: request.host,
                headers: request.headers
            ),
            to: folder.httpsSocket
        )
    }
}
