import NameServer
import TestSupport
import Testing

/// The server, asked by a program that others wrote.
@Suite(.timeLimit(.minutes(10))) struct DigTests {
    @Test func `it reads what it is answered`() async throws {
        let server = try NameServer(port: 0)
        server.serve(.small)
        let name = Question().name
        #expect(try await dig(server, "+short", name).text == "10.0.0.2\n10.0.0.1\n")
        #expect(try await dig(server, "+short", "+tcp", name).text == "10.0.0.2\n10.0.0.1\n")
        #expect(try await dig(server, "+short", "AAAA", "9090.a1.\(EndpointName.zone)").text == "fd00::3\n")
        #expect(try await dig(server, "+short", "NS", EndpointName.zone).text == "\(EndpointName.zone).\n")
        let unknown = try await dig(server, "none.\(EndpointName.zone)").text
        #expect(unknown.contains("status: NXDOMAIN") && unknown.contains("flags: qr aa rd;"))
        #expect(unknown.contains("SOA\t\(EndpointName.zone). hostmaster.\(EndpointName.zone). 1 3600 600 86400 1\n"))
        #expect(try await dig(server, "example.com").text.contains("status: REFUSED"))
        #expect(try await dig(server, "+opcode=update", name).text.contains("status: NOTIMP"))
        #expect(try await dig(server, "+edns=7", "+noednsnegotiation", name).text.contains("status: BADVERS"))
        #expect(try await dig(server, "AXFR", "+tcp", EndpointName.zone).text.contains("Transfer failed"))
        for text in [unknown, try await dig(server, name).text] {
            #expect(!text.contains("WARNING: Message") && !text.contains("malformed"), "\(text)")
        }
    }

    @Test func `two thousand addresses are fetched by TCP, and only there`() async throws {
        let server = try NameServer(port: 0)
        server.serve(.large(2_000))
        let addresses = try await dig(server, "+short", Question().name).text.split(separator: "\n")
        #expect(addresses.filter { $0.hasPrefix("10.1.") }.count == 2_000)
        #expect(try await dig(server, "+ignore", Question().name).text.contains("flags: qr aa tc rd;"))
    }

    private func dig(_ server: NameServer, _ arguments: String...) async throws -> Tool.Outcome {
        // It waits for longer than a busy machine needs.
        try await Tool("dig").run(["@127.0.0.1", "-p", "\(server.port)", "+time=60", "+tries=1"] + arguments)
    }
}
