import CurlTestSupport
import EchoBackend
import NginxSyntax
import ProxyConfiguration
import Testing

/// A client that has got a cookie, and the endpoint that served it.
struct Visitor: Equatable {
    var cookie: String
    var endpoint: String
}

extension LiveFixture {
    /// The answers to a number of clients.
    ///
    /// - Parameter cookies: What each of them sends; nothing where it has none.
    func visits(_ path: String, _ cookies: [String?], _ headers: [(String, String)] = []) async throws
        -> [CurlResponse]
    {
        let requests = try cookies.map { cookie in
            var request = try #require(CurlRequest("GET http://app.example\(path)"))
            request.headers += [("Accept", "application/json")] + headers
            if let cookie { request.headers.append(("Cookie", "a=b; \(cookie)")) }
            return request
        }
        return try await client.send(requests)
    }

    /// Clients without a cookie.
    func visitors(_ count: Int, at path: String, _ headers: [(String, String)] = []) async throws -> [Visitor] {
        try await visits(path, Array(repeating: nil, count: count), headers).map { response in
            let endpoint = try #require(response.echo?.backend, "\(response.status): \(response.text)")
            return Visitor(cookie: try #require(response.cookie), endpoint: endpoint)
        }
    }

    /// The endpoints that serve clients now.
    func endpoints(of visitors: [Visitor], at path: String) async throws -> [String] {
        try await visits(path, visitors.map(\.cookie)).map { try #require($0.echo?.backend) }
    }
}

extension CurlResponse {
    /// The name and the value of the cookie that a client gets; `nil` where it gets none.
    var cookie: String? { header("Set-Cookie").map { String($0.prefix { $0 != ";" }) } }
}

extension Configuration {
    /// Has every upstream those servers.
    mutating func serve(_ servers: some Collection<SocketAddress>) {
        upstreams = upstreams.map { upstream in
            var upstream = upstream
            upstream.servers = Array(servers)
            return upstream
        }
    }
}

extension [String: EchoBackend.Address] {
    /// The addresses of backends in the order of their names.
    var servers: [SocketAddress] {
        get throws {
            try sorted { $0.key < $1.key }.map { _, address in
                SocketAddress.internet(
                    try #require(IPAddress(address.host)),
                    try #require(PortNumber(Int(address.port)))
                )
            }
        }
    }
}
