import Incremental
package import NginxSyntax

extension StreamServices {
    /// The ports as a shadow has them: each listens on a Unix socket, and an echo answers in place of its Service.
    ///
    /// No datagrams come by Unix sockets, so that a port of UDP is one of connections there.
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
        shadow.servers = servers.map { server in
            var server = server
            let echo = echo(of: server.service)
            server.addresses = [server.shadowAddress]
            server.transport = .tcp
            server.target = .servers([echo.address])
            // Whoever asks has no address there.
            server.additions?.access = []
            server.additions?.upstream = nil
            return server
        }
        guard var passing = passthrough else { return shadow }
        passing.sockets = .ofShadow
        for index in passing.hosts.indices where passing.hosts[index].target != nil {
            passing.hosts[index].target = .servers([echo(of: passing.hosts[index].service).address])
        }
        shadow.passthrough = passing
        return shadow
    }
}

extension TLSPassthrough.Sockets {
    /// Below the folder that a shadow is started in.
    fileprivate static let ofShadow = TLSPassthrough.Sockets(
        https: FilePath(known: "https-own.sock"),
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
