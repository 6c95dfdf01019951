import CurlTestSupport
import Foundation
import Incremental
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// TLS that a real nginx passes on, to a server of OpenSSL.
@Suite(.timeLimit(.minutes(10))) struct PassthroughTests {
    private static let fixture = Fixture(name: "ssl-passthrough")

    /// Runs nginx, whose passed hosts lead to a server with a certificate of its own, by the name `backend.example`.
    static func run(
        _ fixture: Fixture = fixture,
        changing change: (inout Configuration) throws -> Void = { _ in },
        _ body: (LiveFixture) async throws -> Void
    ) async throws {
        let port = try ClaimedPort.next()
        let target = SocketAddress.internet(IPAddress(known: "127.0.0.1"), try #require(PortNumber(Int(port))))
        try await StreamPeers.tls(at: port) {
            try await LiveFixture.run(
                fixture,
                changing: { live in
                    live.process.workerShutdownTimeout = TimeSpan(seconds: 240)
                    live.streams?.passTo(target)
                    try change(&live)
                },
                body: body
            )
        }
    }

    @Test func `a client sees the certificate of the backend, and all others that of HTTPS`() async throws {
        try await Self.run { live in
            let client = TLSClient(live)
            for host in ["vault.example", "VAULT.example", "a.tenants.example"] {
                let answer = try await client.handshake(host)
                #expect(
                    answer.contains("CN = backend.example") && answer.contains("HTTP/1.0 200"),
                    "\(host): \(answer)"
                )
            }
            for host in ["shop.example", "web.tenants.example", "a.b.tenants.example", "tenants.example", nil] {
                let answer = try await client.handshake(host)
                #expect(!answer.contains("backend.example") && answer.contains("HTTP/1.1 "), "\(host ?? "none")")
            }
            // Nobody is there.
            let closed = try await client.handshake("idle.example")
            #expect(!closed.contains("BEGIN CERTIFICATE"))
            try await eventually("the log has the client's address and the connection's end") {
                let log = try live.streamLog
                return log.contains("[127.0.0.1]") && log.contains("TCP 200") && log.contains("TCP 502")
            }
        }
    }

    @Test func `HTTPS behind it knows its clients`() async throws {
        try await Self.run { live in
            var request = try #require(CurlRequest("GET https://shop.example/"))
            request.headers.append(("X-Forwarded-For", "192.0.2.1"))
            // A list of networks lets it in.
            let answer = try await live.client.send(request)
            #expect(answer.status == 200)
            let body = String(decoding: answer.body, as: UTF8.self)
            #expect(body.contains("127.0.0.1") && !body.contains("unix:"), "\(body)")
            try await eventually("the log has the client's address") {
                try String(contentsOfFile: live.accessLog, encoding: .utf8).contains("127.0.0.1 - ")
            }
        }
    }

    @Test func `the port is the one that the client has come to`() async throws {
        try await Self.run { live in
            let port = VariableName(known: "server_port")
            live.settings.log.format = LogFormat(Expression(known: [.literal("port "), .variable(port)]))
            let header = ResponseHeader(HeaderName(known: "X-Port"), Expression(port))
            live.settings.responseHeaders = live.settings.responseHeaders.with(ResponseHeaders(added: [header]))
        } _: { live in
            for (scheme, port) in [("http", LivePorts.http), ("https", LivePorts.https)] {
                let answer = try await live.client.send(try #require(CurlRequest("GET \(scheme)://shop.example/")))
                #expect(answer.headers.contains { $0.0.lowercased() == "x-port" && $0.1 == "\(port)" }, "\(answer)")
                try await eventually("the log has \(port)") {
                    try String(contentsOfFile: live.accessLog, encoding: .utf8).contains("port \(port)\n")
                }
            }
        }
    }

    @Test func `clients of IPv6 are passed on, and known to HTTPS, at the same ports`() async throws {
        let (port, plain) = (try ClaimedPort.next(), try ClaimedPort.next())
        try await Self.run { live in
            let loopback = IPAddress(known: "::1")
            let (secure, insecure) = (try #require(PortNumber(Int(port))), try #require(PortNumber(Int(plain))))
            live.listeners += [
                Listener(.https, at: .internet(loopback, secure)), Listener(.http, at: .internet(loopback, insecure)),
            ]
            for index in live.servers.indices {
                for number in live.servers[index].locations.indices {
                    live.servers[index].locations[number].policy.access?.allowed.append(
                        try #require(CIDRBlock("::1/128"))
                    )
                }
            }
        } _: { live in
            let passed = try await TLSClient(at: "[::1]:\(port)").handshake("vault.example")
            #expect(passed.contains("CN = backend.example"), "\(passed)")
            let client = ClientFrom(address: "::1", place: "[::1]:\(port)")
            let answer = try await client.get("https://shop.example/")
            #expect(answer.status == "200" && answer.body.contains("x-real-ip: ::1\n"), "\(answer)")
            let insecure = try await ClientFrom(address: "::1", place: "[::1]:\(plain)").get("http://vault.example/")
            #expect(insecure.body.contains("x-real-ip: ::1\n"), "\(insecure)")
            // Those of IPv4 are beside them.
            #expect(try await live.client.send(try #require(CurlRequest("GET https://shop.example/"))).status == 200)
        }
    }

    @Test func `strangers stay shut out`() async throws {
        try await Self.run { live in
            for index in live.servers.indices {
                for number in live.servers[index].locations.indices {
                    live.servers[index].locations[number].policy.access?.denied = [
                        try #require(CIDRBlock("127.0.0.0/8"))
                    ]
                }
            }
        } _: { live in
            let answer = try await live.client.send(try #require(CurlRequest("GET https://shop.example/")))
            #expect(answer.status == 403)
        }
    }

    @Test func `no connection is lost where a host is passed on from now on, and no more`() async throws {
        try await Self.run { live in
            let client = TLSClient(live)
            let address = live.client.address
            for round in 0..<10 {
                let isPassed = round.isMultiple(of: 2) == false
                try await live.reload { configuration in
                    guard !isPassed else { return }
                    configuration.streams = nil
                    configuration.settings.forwarding = nil
                }
                try await eventually("the host is \(isPassed ? "passed on" : "served")") {
                    try await client.handshake("vault.example").contains("backend.example") == isPassed
                }
                for _ in 0..<20 {
                    let answer = try await client.handshake("shop.example")
                    #expect(answer.contains("HTTP/1.1 200"), "\(address), round \(round): \(answer)")
                }
            }
        }
    }
}

extension StreamServices {
    /// Leads all hosts that are passed on, and have somebody, to one server.
    fileprivate mutating func passTo(_ target: SocketAddress) {
        for index in passthrough?.hosts.indices ?? 0..<0 where passthrough?.hosts[index].target != nil {
            passthrough?.hosts[index].target = .servers([target])
        }
    }
}

extension LiveFixture {
    /// What nginx has logged of TCP and UDP.
    var streamLog: String {
        get throws { try String(contentsOfFile: accessLog + ".stream", encoding: .utf8) }
    }
}
