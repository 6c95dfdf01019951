import CurlTestSupport
import Foundation
import ProxyConfiguration
import TestSupport
import Testing

/// Whether clients that trust a root alone accept what nginx serves of a chain.
struct ChainVerificationTests {
    @Test(.timeLimit(.minutes(10))) func `a client that trusts the root alone accepts each form of a chain`()
        async throws
    {
        let fixture = Fixture(name: "tls-chain-forms")
        let root = path(of: fixture.folder.appending(path: "root.pem"))
        try await LiveFixture.run(fixture) { live in
            let hosts = live.configuration.servers.map(\.host.text).filter { $0 != "*" }
            #expect(hosts.count == 7)
            let openssl = try Tool("openssl")
            for host in hosts {
                for version in ["-tls1_2", "-tls1_3"] {
                    let outcome = try await openssl.run([
                        "s_client", "-connect", "\(live.client.address):\(LivePorts.https)", "-servername", host,
                        version, "-CAfile", root, "-no-CApath", "-no-CAstore", "-verify_hostname", host,
                        "-verify_return_error",
                    ])
                    #expect(
                        outcome.text.contains("Verify return code: 0 (ok)"),
                        "\(host) \(version): \(outcome.text) \(outcome.errors)"
                    )
                }
            }
        }
    }
}
