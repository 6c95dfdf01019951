import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// Asks the ports of TCP and UDP of a shadow which Service each leads to.
actor StreamProbes {
    private let thread = ThreadExecutor("postern.stream-probes")
    private let folder: ShadowFolder

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ folder: ShadowFolder) { self.folder = folder }

    /// The findings about ports that do not lead where they must.
    ///
    /// - Parameter served: A configuration that has been proven: ports that are the same there are not asked.
    func findings(
        _ configuration: Configuration,
        since served: Configuration?,
        until deadline: ContinuousClock.Instant
    ) -> [Diagnostic] {
        guard let streams = configuration.streams else { return [] }
        let known = Set(served?.streams?.servers ?? [])
        return streams.servers.filter { !known.contains($0) }.compactMap { server in
            let answer = answer(of: server, until: deadline)
            return answer == server.service.value ? nil : .misled(server, answer)
        }
    }

    /// The text with which a port answers; `nil` where it does not.
    private func answer(of server: StreamServer, until deadline: ContinuousClock.Instant) -> String? {
        guard var connection = UnixConnection(to: "\(folder.path)/\(server.shadowSocket)") else { return nil }
        if server.readsProxyLine {
            let line = "PROXY TCP4 192.0.2.1 192.0.2.2 49152 \(server.port)\r\n"
            guard connection.send(Array(line.utf8)) else { return nil }
        }
        var bytes: [UInt8] = []
        while let count = connection.receive(&bytes, until: deadline), count > 0, bytes.count <= Self.longestAnswer {}
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    private static let longestAnswer = 1 << 12
}

extension Diagnostic {
    fileprivate static func misled(_ server: StreamServer, _ answer: String?) -> Diagnostic {
        let actual = answer.map { "nginx has it lead to \($0.excerpt)" } ?? "nginx does not answer there"
        return Diagnostic(
            .error,
            code: "proof-failed",
            "nginx would not pass on what comes as this says: \(server.portName) must lead to \(server.service), but \(actual)",
            object: server.origin
        )
    }
}
