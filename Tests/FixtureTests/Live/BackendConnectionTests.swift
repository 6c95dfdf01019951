import CurlTestSupport
import Foundation
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// The connections to backends, as a backend of stock nginx sees them.
@Suite(.timeLimit(.minutes(10))) struct BackendConnectionTests {
    private static let port = 9_000

    /// The number of the connection by which each of 40 requests has come to its backend, one after the other.
    private func connections(_ change: (inout Configuration) -> Void) async throws -> [String] {
        var numbers: [String] = []
        try await LiveFixture.run(Fixture(name: "upstream-keepalive"), beforeBackendsAt: { _ in Self.port }) {
            // A worker keeps connections for itself.
            $0.process.directives.set(SettingDirective("worker_processes"), to: Identifier(known: "1"))
            change(&$0)
        } body: { live in
            try await StockBackend.run(at: "\(live.client.address):\(Self.port)", answering: "$connection") {
                for _ in 0..<40 {
                    let request = try #require(CurlRequest("GET http://shop.example/usual"))
                    let response = try await live.client.send(request)
                    #expect(response.status == 200)
                    numbers.append(response.text)
                }
            }
        }
        return numbers
    }

    @Test func `requests that come one after the other share a connection`() async throws {
        let numbers = try await connections { _ in }
        #expect(numbers.count == 40 && Set(numbers).count == 1)
    }

    @Test func `a connection serves no more requests than are allowed`() async throws {
        let numbers = try await connections { $0.settings.keptConnections.requests = Number(10) }
        #expect(numbers.count == 40 && Set(numbers).count == 4)
    }

    @Test func `where none are kept, each request has its own`() async throws {
        let numbers = try await connections { $0.settings.keptConnections.count = Number(0) }
        #expect(Set(numbers).count == 40)
    }

    @Test func `the server of an external name is told that name by SNI, and the host that was asked for`() async throws
    {
        let (port, namePort) = (9_443, UInt16(9_053))
        let name = try #require(PortNumber(port))
        try await LiveFixture.run(
            Fixture(name: "backend-protocol-external-name"),
            beforeBackendsAt: { _ in Self.port },
            changing: { configuration in
                guard case .internet(let address, _) = configuration.listeners[0].address else { return }
                configuration.resolvers = [.internet(address, try #require(PortNumber(Int(namePort))))]
                configuration.movePortsOfNames(to: name)
            }
        ) { live in
            let address = live.client.address
            let script = path(of: Fixture.resource("name-server.py"))
            let words = [try Tool("python3").path, script, address, "\(namePort)", address]
            try await TemporaryFolder.use { folder in
                let host = "api.partner.invalid"
                let certificate = try await CertificateFiles(named: "partner", for: [host], in: folder)
                try await BackgroundProgram.run(words, listeningAt: [(address, namePort)]) {
                    try await StockBackend.run(
                        at: "\(address):\(port) ssl",
                        answering: "$ssl_server_name $http_host",
                        certificate: certificate
                    ) {
                        let request = try #require(CurlRequest("GET http://shop.example/partner"))
                        let response = try await live.client.send(request)
                        #expect(response.status == 200)
                        #expect(response.text == "\(host) shop.example")
                    }
                }
            }
        }
    }
}

extension Configuration {
    /// Has names be asked at a port that an ordinary user may have.
    fileprivate mutating func movePortsOfNames(to port: PortNumber) {
        for index in servers.indices {
            servers[index].locations = servers[index].locations.map { location in
                guard case .proxy(var proxying) = location.action, case .name(let host, _) = proxying.backends.primary
                else { return location }
                var location = location
                proxying.backends.primary = .name(host, port)
                location.action = .proxy(proxying)
                return location
            }
        }
    }
}
