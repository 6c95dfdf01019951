import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `echo` in `nginx.tmpl` can name: a server that answers in place of backends of one protocol.
struct EchoContext: TemplateContext {
    static let name = "Echo"

    var address: SocketAddress
    /// Serves its handshakes; `nil` where no TLS is spoken.
    var certificate: FilePath?
    /// Whether `listen` says that it speaks HTTP/2.
    var usesHTTP2: Bool

    static let fields: [TemplateField<Self>] = [
        .argument("address") { $0.address },
        .optional("certificate") { $0.certificate },
        .flag("isSecure") { $0.certificate != nil },
        .flag("usesHTTP2") { $0.usesHTTP2 },
    ]
}

extension Configuration {
    /// The servers of the echo, as many as backends need.
    ///
    /// - Parameter spoken: The transports to upstreams.
    func echoes(spoken: Set<BackendProtocol>, _ capabilities: NginxCapabilities) -> [EchoContext] {
        guard let echo else { return [] }
        let isHTTP2Named = !capabilities.hasHTTP2Directive
        var echoes = [EchoContext(address: echo.http, usesHTTP2: false)]
        if !spoken.isDisjoint(with: [.https, .automatic]) {
            echoes.append(EchoContext(address: echo.https, certificate: fallbackCertificate, usesHTTP2: false))
        }
        if spoken.contains(.grpc) { echoes.append(EchoContext(address: echo.grpc, usesHTTP2: isHTTP2Named)) }
        if spoken.contains(.grpcs) {
            echoes.append(EchoContext(address: echo.grpcs, certificate: fallbackCertificate, usesHTTP2: isHTTP2Named))
        }
        return echoes
    }
}
