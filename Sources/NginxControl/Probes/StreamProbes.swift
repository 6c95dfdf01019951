import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// Asks the ports of TCP and UDP of a shadow, and that of HTTPS for hosts whose TLS is passed on, which Service each leads to.
actor StreamProbes {
    private let thread = ThreadExecutor("postern.stream-probes")
    private let folder: ShadowFolder

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ folder: ShadowFolder) { self.folder = folder }

    /// The findings about ports and hosts that do not lead where they must.
    ///
    /// - Parameter served: A configuration that has been proven: what is the same there is not asked.
    func findings(
        _ configuration: Configuration,
        since served: Configuration?,
        until deadline: ContinuousClock.Instant
    ) -> [Diagnostic] {
        guard let streams = configuration.streams else { return [] }
        let known = Set(served?.streams?.servers ?? [])
        let asked = streams.servers.filter { !known.contains($0) }
        let datagrams = asked.contains { $0.transport == .udp } ? DatagramProbes(streams, in: folder) : nil
        let ports = asked.compactMap { server -> Diagnostic? in
            let answer = receiver(at: server, datagrams, until: deadline)
            return answer == server.service.value ? nil : .misled(server, answer)
        }
        let knownHosts = Set(served?.streams?.passthrough?.hosts ?? [])
        let hosts = (streams.passthrough?.hosts ?? []).filter { !knownHosts.contains($0) }
        return ports + hosts.compactMap { finding(on: $0, until: deadline) }
    }

    /// The Service's port that gets what comes to a port; `nil` where none does.
    func receiver(
        at server: StreamServer,
        of streams: StreamServices,
        until deadline: ContinuousClock.Instant
    ) -> String? {
        let datagrams = server.transport == .udp ? DatagramProbes(streams, in: folder) : nil
        return receiver(at: server, datagrams, until: deadline)
    }

    private func receiver(
        at server: StreamServer,
        _ datagrams: DatagramProbes?,
        until deadline: ContinuousClock.Instant
    ) -> String? {
        switch server.transport {
        case .tcp: answer(of: server, until: deadline)
        case .udp: datagrams?.answer(of: server, until: deadline)
        }
    }

    /// The finding about a host whose connections do not lead where they must; `nil` where they do.
    private func finding(on passed: PassedHost, until deadline: ContinuousClock.Instant) -> Diagnostic? {
        guard let name = passed.host.sample else { return nil }
        let answer = receiver(of: name, until: deadline)
        guard passed.target == nil else {
            return answer == passed.service.value ? nil : .misled(passed, to: "\(passed.service)", answer)
        }
        return answer == nil ? nil : .misled(passed, to: "nobody", answer)
    }

    /// The Service's port that gets a connection of TLS for a host which is passed on; `nil` where it is closed.
    func receiver(of name: HostName, until deadline: ContinuousClock.Instant) -> String? {
        let hello = ClientHello(for: name)
        guard var connection = UnixConnection(to: folder.httpsSocket), connection.send(hello.bytes) else { return nil }
        return text(from: &connection, until: deadline)
    }

    /// The text with which a port answers; `nil` where it does not.
    private func answer(of server: StreamServer, until deadline: ContinuousClock.Instant) -> String? {
        guard var connection = UnixConnection(to: "\(folder.path)/\(server.shadowSocket)") else { return nil }
        if server.readsProxyLine {
            let line = "PROXY TCP4 192.0.2.1 192.0.2.2 49152 \(server.port)\r\n"
            guard connection.send(Array(line.utf8)) else { return nil }
        }
        return text(from: &connection, until: deadline)
    }

    private func text(from connection: inout UnixConnection, until deadline: ContinuousClock.Instant) -> String? {
        var bytes: [UInt8] = []
        while let count = connection.receive(&bytes, until: deadline), count > 0, bytes.count <= Self.longestAnswer {}
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    private static let longestAnswer = 1 << 12
}

extension HostPattern {
    /// A host that a client may ask for; `nil` where none is found.
    fileprivate var sample: HostName? {
        switch self {
        case .any: nil
        case .name(let name): name
        case .wildcard(let parent): HostName("postern-probe.\(parent)")
        }
    }
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

    fileprivate static func misled(_ passed: PassedHost, to receiver: String, _ answer: String?) -> Diagnostic {
        let actual = answer.map { "nginx has them lead to \($0.excerpt)" } ?? "nginx closes them"
        return Diagnostic(
            .error,
            code: "proof-failed",
            "nginx would not pass TLS on as this says: connections for host '\(passed.host.text)' must lead to \(receiver), "
                + "but \(actual)",
            object: passed.origin
        )
    }
}
