import Diagnostics
import NginxSyntax
import ProxyConfiguration
import Testing

/// A configuration that listens on ports 80 and 443, with the upstreams that its locations name.
func configuration(_ servers: [VirtualServer]) throws -> Configuration {
    let file = try #require(FilePath("tls/default.pem"))
    var names: [Identifier] = []
    for case .upstream(let name) in servers.flatMap(\.locations).flatMap(\.backends) where !names.contains(name) {
        names.append(name)
    }
    return Configuration(
        listeners: [
            Listener(.http, at: .port(try #require(PortNumber(80)))),
            Listener(.https, at: .port(try #require(PortNumber(443)))),
        ],
        fallbackCertificate: file,
        privateFiles: [PrivateFile(.certificate, file: file, content: SecretBytes(Array("key".utf8)))],
        upstreams: try names.map { name in
            Upstream(
                name: name,
                origin: ObjectReference(kind: "Service", namespace: "shop", name: name.value),
                servers: [.internet(try #require(IPAddress("10.0.0.1")), try #require(PortNumber(8080)))]
            )
        },
        servers: servers
    )
}

/// A server for `*`, `shop.example` or `*.shop.example`, with a 404 for what its locations do not serve.
func server(_ host: String, origin: String? = nil, _ locations: [Location] = []) throws -> VirtualServer {
    VirtualServer(
        host: try pattern(host),
        origin: try origin.map { try ingress($0) },
        locations: locations + [
            Location(path: try prefix("/"), origin: try origin.map(ingress), action: .status(.notFound))
        ]
    )
}

func ingress(_ name: String) throws -> ObjectReference {
    try #require(ObjectReference(kind: "Ingress", namespace: "shop", name: name))
}

private func pattern(_ host: String) throws -> HostPattern {
    if host == "*" { return .any }
    guard host.hasPrefix("*.") else { return .name(try #require(HostName(host))) }
    return .wildcard(under: try #require(HostName(String(host.dropFirst(2)))))
}

func exact(_ path: String) throws -> PathMatch { .exact(try #require(LocationPath(path))) }

func prefix(_ path: String) throws -> PathMatch { .prefix(try #require(LocationPath(path))) }

func expression(_ pattern: String) throws -> PathMatch { .expression(try RegularExpression(pattern)) }

/// A location that passes requests to an upstream of this name.
func proxy(_ path: PathMatch, to name: String, origin: String? = nil, redirectsToHTTPS: Bool = false) throws -> Location
{
    Location(
        path: path,
        origin: try origin.map(ingress),
        httpsRedirect: redirectsToHTTPS ? .permanentRedirect : nil,
        action: .proxy(.upstream(try #require(Identifier(name))))
    )
}
