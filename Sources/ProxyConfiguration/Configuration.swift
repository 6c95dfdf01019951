package import NginxSyntax

/// The configuration of an nginx, in nginx's terms and in checked types.
///
/// It knows nothing of Kubernetes, except the origin that each part carries. Its arrays are in the order
/// in which they are rendered, which whoever builds a configuration decides.
package struct Configuration: Sendable, Hashable {
    package var process: ProcessSettings
    package var listeners: [Listener]
    /// The settings that hold wherever a location says nothing else.
    package var settings: HTTPSettings
    /// The name servers for backends that are resolved while serving; empty where none is.
    package var resolvers: [SocketAddress]
    /// Serves handshakes of hosts without a certificate of their own.
    package var fallbackCertificate: PrivateFile.Name
    package var privateFiles: [PrivateFile]
    package var upstreams: [Upstream]
    /// One for each host, in the order of these; the first serves every host that no other names.
    package var servers: [VirtualServer]
    /// Where a server listens that tells which generation serves; `nil` where nobody asks.
    package var status: SocketAddress?
    /// Where servers listen that answer in place of every backend; only a shadow has them.
    package var echo: EchoPlaces?
    /// The ports of TCP and UDP; `nil` for none.
    package var streams: StreamServices?
    /// How endpoints are looked up that upstreams only name; `nil` where none does.
    package var endpoints: EndpointLookup?

    package init(
        process: ProcessSettings = ProcessSettings(),
        listeners: [Listener],
        settings: HTTPSettings = HTTPSettings(),
        resolvers: [SocketAddress] = [],
        fallbackCertificate: PrivateFile.Name,
        privateFiles: [PrivateFile] = [],
        upstreams: [Upstream] = [],
        servers: [VirtualServer],
        status: SocketAddress? = nil
    ) {
        self.process = process
        self.listeners = listeners
        self.settings = settings
        self.resolvers = resolvers
        self.fallbackCertificate = fallbackCertificate
        self.privateFiles = privateFiles
        self.upstreams = upstreams
        self.servers = servers
        self.status = status
    }
}
