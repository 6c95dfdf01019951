import Curl
import ProxyConfiguration

/// Sends probes, one after another over connections that it keeps.
actor ProbeClient {
    private let thread = ThreadExecutor("postern.probes")
    private let handle: CurlHandle
    private let folder: ShadowFolder

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ folder: ShadowFolder) throws {
        handle = try CurlHandle()
        self.folder = folder
    }

    /// What came of each probe that was sent before the deadline, in order.
    func send(
        _ probes: [Probe],
        until deadline: ContinuousClock.Instant
    ) throws -> [Result<ProbeOutcome, CurlError>] {
        var outcomes: [Result<ProbeOutcome, CurlError>] = []
        outcomes.reserveCapacity(probes.count)
        for probe in probes {
            try Task.checkCancellation()
            guard ContinuousClock.now < deadline else { break }
            do throws(CurlError) {
                outcomes.append(.success(ProbeOutcome(try send(probe))))
            } catch {
                // A machine under load may have been too slow once; who does not answer twice has a reason.
                outcomes.append(Result { () throws(CurlError) in ProbeOutcome(try send(probe)) })
            }
        }
        return outcomes
    }

    private func send(_ probe: Probe) throws(CurlError) -> CurlResponse {
        let request = probe.request
        // By HTTP all hosts share a connection; by HTTPS each has its own, because a handshake names one.
        let host = request.scheme == .http ? "shadow" : probe.serverName
        return try handle.send(
            CurlRequest(
                url: "\(request.scheme.rawValue)://\(host)/",
                method: request.method,
                target: request.target,
                host: request.host
            ),
            to: request.scheme == .http ? folder.httpSocket : folder.httpsSocket
        )
    }
}
