import Diagnostics
import EchoBackend
import Foundation
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

extension Configuration {
    /// The same configuration on this machine: another place to listen, echo backends, and a folder of its own.
    func live(
        at address: LoopbackAddress,
        in folder: URL,
        backends: [String: EchoBackend.Address],
        fronts: [Identifier: SocketAddress] = [:]
    ) throws -> Configuration {
        var live = try live(at: address, in: folder)
        live.upstreams = try live.upstreams.map { upstream in
            var upstream = upstream
            let backend = try #require(backends[upstream.backendName])
            let plain = SocketAddress.internet(
                try #require(IPAddress(backend.host)),
                try #require(PortNumber(Int(backend.port)))
            )
            let server = fronts[upstream.name] ?? plain
            // As many as there were: a method of balancing has something to choose from.
            upstream.servers = Array(repeating: server, count: max(1, upstream.servers.count))
            return upstream
        }
        return live
    }

    /// The same configuration on this machine, but for its backends.
    func live(at address: LoopbackAddress, in folder: URL) throws -> Configuration {
        var live = self
        // Nobody is asked for endpoints: backends stand in their place.
        live.endpoints = nil
        for index in live.upstreams.indices { live.upstreams[index].names = [] }
        let own = try #require(IPAddress(address.description))
        live.listeners = [
            Listener(.http, at: .internet(own, try #require(PortNumber(Int(LivePorts.http))))),
            Listener(.https, at: .internet(own, try #require(PortNumber(Int(LivePorts.https))))),
        ]
        live.streams?.move(to: own, loggingTo: path(of: folder.appending(path: LivePlaces.accessLog)) + ".stream")
        live.streams?.passthrough?.sockets = TLSPassthrough.Sockets(
            https: try #require(FilePath(path(of: folder.appending(path: "https.sock")))),
            proxies: try #require(FilePath(path(of: folder.appending(path: "proxies.sock")))),
            passing: try #require(FilePath(path(of: folder.appending(path: "tls.sock"))))
        )
        live.process = ProcessSettings(
            pidFile: FilePath(path(of: folder.appending(path: "nginx.pid"))),
            errorLog: FilePath(path(of: folder.appending(path: "error.log"))),
            accessLog: FilePath(path(of: folder.appending(path: LivePlaces.accessLog))),
            temporaryFolder: FilePath(path(of: folder)),
            workerShutdownTimeout: TimeSpan(seconds: 1)
        )
        return live
    }

    /// The name that requests.yaml has for the backend of an upstream.
    func backendName(of upstream: Identifier) -> String? {
        upstreams.first { $0.name == upstream }?.backendName
    }
}

extension StreamServices {
    /// Listens at an address alone, where an ordinary user may; low ports are higher by 10,000.
    fileprivate mutating func move(to address: IPAddress, loggingTo log: String) {
        for index in servers.indices {
            let port = Int(servers[index].port.value)
            guard let port = PortNumber(port < 1_024 ? port + 10_000 : port) else { continue }
            servers[index].addresses = [.internet(address, port)]
        }
        settings.log.destination = FilePath(log).map(LogDestination.file)
    }
}

/// The files in each test's own folder.
enum LivePlaces {
    static let accessLog = "access.log"
}

/// The ports at each test's own address, which an ordinary user may have.
enum LivePorts {
    static let http: UInt16 = 8080
    static let https: UInt16 = 8443
}

extension Upstream {
    /// `namespace/service:port`.
    var backendName: String {
        // Names of Kubernetes hold no '_', which separates the port in the upstream's name.
        let port = self.name.value.split(separator: "_").dropFirst(3).first ?? ""
        return "\(self.origin?.namespace ?? "")/\(self.origin?.name ?? ""):\(port)"
    }
}
