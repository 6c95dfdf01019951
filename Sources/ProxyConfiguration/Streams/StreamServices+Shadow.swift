import Incremental
package import NginxSyntax

extension StreamServices {
    /// The ports as a shadow has them: each listens on a Unix socket, and an echo answers in place of its Service.
    ///
    /// In place of a Service of UDP datagrams go to a socket of whoever asks: an answer could not come back.
    var shadowForm: StreamServices {
        var shadow = self
        shadow.settings.log.isOn = false
        shadow.settings.meter = nil
        shadow.settings.believedProxies = []
        shadow.settings.resolvers = []
        var echoes: [Identifier: StreamEcho] = [:]
        func echo(of service: Identifier) -> StreamEcho {
            if let known = echoes[service] { return known }
            let echo = StreamEcho(address: .streamEcho(echoes.count), answer: service)
            echoes[service] = echo
            shadow.echoes.append(echo)
            return echo
        }
        let receivers = shadowReceivers
        shadow.servers = servers.map { server in
            var server = server
            let place = receivers[server.service].flatMap(FilePath.init).map(SocketAddress.unix)
            server.addresses = [server.shadowAddress]
            server.target = .servers([place ?? echo(of: server.service).address])
            // Whoever asks has no address there.
            server.additions?.access = []
            server.additions?.upstream = nil
            return server
        }
        guard var passing = passthrough else { return shadow }
        passing.sockets = .ofShadow
        passing.retired = []
        for index in passing.hosts.indices where passing.hosts[index].target != nil {
            passing.hosts[index].target = .servers([echo(of: passing.hosts[index].service).address])
        }
        shadow.passthrough = passing
        return shadow
    }

    /// The files of the Unix sockets to which a shadow sends the datagrams for each Service's port, below the folder that
    /// it is started in.
    package var shadowReceivers: [Identifier: String] {
        var files: [Identifier: String] = [:]
        for server in servers where server.transport == .udp && files[server.service] == nil {
            files[server.service] = "udp-receiver-\(files.count).sock"
        }
        return files
    }
}

extension TLSPassthrough.Sockets {
    /// Below the folder that a shadow is started in.
    fileprivate static let ofShadow = TLSPassthrough.Sockets(
        https: FilePath(known: "https-own.sock"),
        proxies: FilePath(known: "https-proxies.sock"),
        passing: FilePath(known: "tls.sock")
    )
}

extension StreamServer {
    /// Where a shadow listens for the port, below the folder that it is started in.
    package var shadowAddress: SocketAddress { .unix(FilePath(shadowSocket) ?? FilePath(known: "stream.sock")) }

    /// The file of that socket, relative to the folder.
    package var shadowSocket: String { "\(transport.rawValue)-\(port).sock" }
}

extension SocketAddress {
    fileprivate static func streamEcho(_ number: Int) -> SocketAddress {
        .unix(FilePath("stream-echo-\(number).sock") ?? FilePath(known: "stream-echo.sock"))
    }
}
