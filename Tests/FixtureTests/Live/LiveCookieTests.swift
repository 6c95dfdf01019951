import Commands
import CurlTestSupport
import Diagnostics
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// The cookies that clients get with the answer of a service that is asked.
@Suite(.timeLimit(.minutes(10))) struct LiveCookieTests {
    private static let fixture = Fixture(name: "auth-url-split-cookies")
    private static let attributes = "; Path=/; Expires=Fri, 01 Jan 2027 00:00:00 GMT; HttpOnly"

    /// The cookies that a client gets, and the status.
    private func cookies(_ sent: [String], refusing isRefused: Bool = false) async throws -> (Int, [String]) {
        var result: (Int, [String]) = (0, [])
        try await LiveFixture.run(Self.fixture, beforeBackendsAt: { $0.origin?.name == "oauth" ? 9_001 : 9_000 }) {
            live in
            let address = live.client.address
            try await StockBackend.run(at: "\(address):9000", answering: "", with: ["Set-Cookie own=1"]) {
                let headers = sent.map { "Set-Cookie \"\($0)\"" }
                let status = isRefused ? 401 : 200
                try await StockBackend.run(at: "\(address):9001", answering: "", as: status, with: headers) {
                    let request = try #require(CurlRequest("GET http://wiki.example/a"))
                    let response = try await live.client.send(request)
                    result = (response.status, response.headers.filter { $0.0.lowercased() == "set-cookie" }.map(\.1))
                }
            }
        }
        return result
    }

    private static let twoCookies = ["name_0=a\(attributes)", "name_1=b\(attributes)"]

    @Test func `a session in two cookies comes whole, each of them in a header of its own`() async throws {
        let (status, cookies) = try await cookies(Self.twoCookies)
        #expect(status == 200)
        #expect(cookies.sorted() == Self.twoCookies + ["own=1"])
    }

    @Test func `a session in one cookie comes as it is`() async throws {
        #expect(try await cookies([Self.twoCookies[0]]).1.sorted() == [Self.twoCookies[0], "own=1"])
    }

    @Test func `a service without cookies adds none`() async throws {
        #expect(try await cookies([]).1 == ["own=1"])
    }

    @Test func `an nginx that knows all cookies passes on more than the snippet names`() async throws {
        let sent = (0..<5).map { "n\($0)=v\($0)\(Self.attributes)" }
        let (_, cookies) = try await cookies(sent)
        guard try await Self.fixture.livePipeline.renderer.capabilities.joinsHeaders else {
            return #expect(cookies.sorted() == [sent[0], "own=1"])
        }
        // The last header that there is holds the rest, as nginx has it.
        #expect(cookies.sorted() == sent[..<3] + ["\(sent[3]), \(sent[4])", "own=1"])
    }

    @Test func `clients who are sent to sign in get the cookies of the refusal`() async throws {
        let (status, cookies) = try await cookies(Self.twoCookies, refusing: true)
        #expect(status == 302)
        let joins = try await Self.fixture.livePipeline.renderer.capabilities.joinsHeaders
        #expect(cookies.sorted() == (joins ? Self.twoCookies : [Self.twoCookies[0]]))
    }
}
