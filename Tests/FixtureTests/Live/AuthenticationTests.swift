import CurlTestSupport
import TestSupport
import Testing
import TextCoding

/// Behaviour beyond the routing model of requests that a service is asked about.
@Suite(.timeLimit(.minutes(10))) struct AuthenticationTests {
    private static func run(_ name: String, _ body: (CurlClient) async throws -> Void) async throws {
        let fixture = try #require(Fixture.all.first { $0.name == name })
        try await LiveFixture.run(fixture) { try await body($0.client) }
    }

    /// The head of the answer to a request whose target is any bytes.
    private static func head(of target: [UInt8], _ client: CurlClient, _ headers: String...) async throws -> String {
        try await RawConnection.use(to: client.address, port: LivePorts.http) { connection in
            let lines = ["Host: app.example", "Connection: close"] + headers
            let rest = " HTTP/1.1\r\n" + lines.map { "\($0)\r\n" }.joined() + "\r\n"
            try await connection.write(Array("GET ".utf8) + target + Array(rest.utf8))
            return try await connection.readHead()
        }
    }

    private static func location(in head: String) -> String? {
        head.split(separator: "\r\n").first { $0.hasPrefix("Location: ") }.map { String($0.dropFirst(10)) }
    }

    private static let refused = "X-Echo-Status: auth/oauth:80 401"
    private static let start = "https://sso.example/start?rd=http://app.example"

    @Test func `a sign-in is told every byte of where a client came from`() async throws {
        try await Self.run("auth-url-signin") { client in
            let plain = (0x21...0x7E as ClosedRange<UInt32>).compactMap(UnicodeScalar.init)
            // Every byte that UTF-8 has, which the echo insists on.
            let more: [UInt32] = [0x8FF, 0x1000, 0xD7FF, 0xE000, 0x1_0000, 0x10_FFFF]
            let others = (stride(from: 0x80, to: 0x800, by: 31).map(UInt32.init) + more).compactMap(UnicodeScalar.init)
            let scalars = plain + others
            for group in stride(from: 0, to: scalars.count, by: 40) {
                let text = scalars[group..<min(group + 40, scalars.count)].map { "\($0)" }.joined()
                let target = Array("/a?\(text)z".utf8)
                let head = try await Self.head(of: target, client, Self.refused)
                #expect(Self.location(in: head) == Self.start + String(decoding: target, as: UTF8.self).percentEncoded)
            }
        }
    }

    @Test(arguments: [(254, true), (255, true), (256, false), (2_000, false)])
    func `of a request with too many bytes to encode, the sign-in is told the host alone`(
        _ count: Int,
        _ isWhole: Bool
    ) async throws {
        try await Self.run("auth-url-signin") { client in
            let target = Array("/".utf8) + Array(String(repeating: "&x", count: count - 1).utf8)
            let head = try await Self.head(of: target, client, Self.refused)
            let encoded = isWhole ? String(decoding: target, as: UTF8.self).percentEncoded : "%2F"
            #expect(Self.location(in: head) == Self.start + encoded)
        }
    }

    @Test(arguments: ["internal:0", "@sign-in", "http://app.example/../internal:0", "*"])
    func `no client comes to where the service is asked`(_ target: String) async throws {
        try await Self.run("auth-url-signin") { client in
            let head = try await Self.head(of: Array(target.utf8), client)
            #expect(head.hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test func `a body larger than usual passes where the location allows it`() async throws {
        try await Self.run("auth-url") { client in
            var request = try #require(CurlRequest("POST http://app.example/a"))
            request.body = String(repeating: "a", count: 2 << 20)
            #expect(try await client.send(request).status == 200)
        }
    }

    @Test func `an answer is kept for the same path, key, method and credentials`() async throws {
        try await Self.run("auth-url-tls-regex") { client in
            func status(_ line: String, _ headers: (String, String)...) async throws -> Int {
                var request = try #require(CurlRequest(line))
                request.headers += headers.map { ($0, $1) }
                return try await client.send(request).status
            }
            let url = "https://app.example/v1/a"
            let refusal = ("X-Echo-Status", "auth/oauth:80 403")
            let session = ("Cookie", "session=1")
            let statuses = [
                try await status("GET \(url)", session),
                // The service would refuse it, and is not asked.
                try await status("GET \(url)", session, refusal),
                try await status("GET \(url)", ("Cookie", "session=2"), refusal),
                try await status("DELETE \(url)", session, refusal),
                try await status("GET \(url)", session, ("Authorization", "x"), refusal),
                try await status("GET https://app.example/v2/a", session, refusal),
            ]
            #expect(statuses == [200, 200, 403, 403, 403, 403])
        }
    }
}
