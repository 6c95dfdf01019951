import EchoBackend
import Testing

/// Requests that name one host to whoever routes them, and another to the backend.
@Suite(.timeLimit(.minutes(10))) struct ForgedHostTests {
    /// The request line, the `Host` header if any, and the host that a backend may see; `nil` where nginx refuses.
    private static let requests: [(line: String, host: String?, forwarded: String?)] = [
        ("GET / HTTP/1.1", "a.example", "a.example"), ("GET / HTTP/1.1", "A.Example", "A.Example"),
        ("GET / HTTP/1.1", "a.example:8080", "a.example:8080"), ("GET / HTTP/1.1", "a.example.", "a.example."),
        ("GET / HTTP/1.0", "a.example:8080", "a.example:8080"),
        // Whatever follows the colon is no part of the name that is compared.
        ("GET / HTTP/1.1", "a.example:b.example", "a.example"), ("GET / HTTP/1.1", "a.example:80:90", "a.example"),
        ("GET http://a.example/ HTTP/1.1", "b.example", "a.example"),
        ("GET https://A.example:8443 HTTP/1.1", "b.example:9", "a.example"),
        ("GET http://a.example?b HTTP/1.1", "b.example", "a.example"),
        ("GET http://a.example/ HTTP/1.1", "xa.example", "a.example"),
        ("GET http://a.example/ HTTP/1.1", "a.example.b.example", "a.example"),
        ("GET http://a.example/ HTTP/1.1", "b.example a.example", nil),
        ("GET http://a.example:80/ HTTP/1.1", "a.example:8080", "a.example:8080"),
        ("GET http://a.example/ HTTP/1.0", nil, "a.example"), ("GET http://a.example/ HTTP/1.1", nil, nil),
        ("GET http://a.example/ HTTP/1.1", "", nil), ("GET http://b.example@a.example/ HTTP/1.1", "b.example", nil),
        ("GET http://a.example/ HTTP/1.1\r\nHost: a.example", "b.example", nil),
    ]

    @Test func `a backend is told the host that its request was routed by`() async throws {
        try await RequestSite.use { site in
            for request in Self.requests {
                let header = request.host.map { "Host: \($0)\r\n" } ?? ""
                let echo = try await site.echo("\(request.line)\r\n\(header)X-Forwarded-Host: c.example")
                let what = "\(request.line), \(request.host ?? "no host")"
                #expect(echo?.header("Host") == request.forwarded, "\(what)")
                #expect(echo?.header("X-Forwarded-Host") == request.forwarded, "\(what)")
            }
        }
    }
}
