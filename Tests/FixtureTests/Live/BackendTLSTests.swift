import CurlTestSupport
import Diagnostics
import Foundation
import NginxSyntax
import ProxyConfiguration
import Testing

/// What comes of a backend whose certificate is not the one that is wanted.
@Suite(.timeLimit(.minutes(10))) struct BackendTLSTests {
    private static let paths = ["verified", "shop.Orders/Place", "shown"]

    private func statuses(_ change: (inout Configuration) throws -> Void) async throws -> [Int] {
        var statuses: [Int] = []
        try await LiveFixture.run(Fixture(name: "proxy-ssl-secret"), changing: change) { live in
            for path in Self.paths {
                let request = try #require(CurlRequest("POST http://shop.example/\(path)"))
                statuses.append(try await live.client.send(request).status)
            }
        }
        return statuses
    }

    @Test func `a certificate for another host is refused where it is checked`() async throws {
        let name = try #require(Expression(literal: "other.example"))
        let statuses = try await statuses { configuration in
            for index in configuration.servers.indices {
                configuration.servers[index].locations = configuration.servers[index].locations.map { location in
                    guard case .proxy(var proxying) = location.action else { return location }
                    var location = location
                    proxying.transport.tls.name = name
                    location.action = .proxy(proxying)
                    return location
                }
            }
        }
        #expect(statuses == [502, 502, 200])
    }

    @Test func `a certificate of another authority is refused where it is checked`() async throws {
        let other = SecretBytes(Array(try Data(contentsOf: Fixture.resource("fallback.pem"))))
        let statuses = try await statuses { configuration in
            for index in configuration.privateFiles.indices
            where configuration.privateFiles[index].kind == .certificateAuthority {
                configuration.privateFiles[index].content = other
            }
        }
        #expect(statuses == [502, 502, 200])
    }
}
