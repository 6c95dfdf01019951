import Incremental
package import NginxSyntax

extension StreamServices {
    /// The ports as a shadow has them: each listens on a Unix socket, and an echo answers in place of its Service.
    ///
    /// No datagrams come by Unix sockets, so that a port of UDP is one of connections there.
    var shadowForm: StreamServices {
        var shadow = self
        shadow.settings.log.isOn = false
        shadow.settings.believedProxies = []
        shadow.settings.resolvers = []
        var echoes: [Identifier: StreamEcho] = [:]
        shadow.servers = servers.map { server in
            let known = echoes[server.service]
            let echo = known ?? StreamEcho(address: .streamEcho(echoes.count), answer: server.service)
            echoes[server.service] = echo
            if known == nil { shadow.echoes.append(echo) }
            var server = server
            server.addresses = [server.shadowAddress]
            server.transport = .tcp
            server.target = .servers([echo.address])
            // Whoever asks has no address there.
            server.additions?.access = []
            server.additions?.upstream = nil
            return server
        }
        return shadow
    }
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
