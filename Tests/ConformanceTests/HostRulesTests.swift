import CurlTestSupport
import EchoBackend
import Foundation
import TestSupport
import Testing

/// The feature `host_rules` of the Ingress controllers' conformance suite.
@Suite(.timeLimit(.minutes(10)))
struct HostRulesTests {
    @Test(arguments: Feed.allCases)
    func `hosts and wildcards lead to their Services, by TLS too`(_ feed: Feed) async throws {
        try await TemporaryFolder.use { folder in
            let pair = try await CertificateFiles(named: "tls", for: ["foo.bar.com"], in: folder)
            let secret = try [pair.certificate, pair.key].map { try Data(contentsOf: $0).base64EncodedString() }
            let feature = Feature(services: ["wildcard-foo-com", "foo-bar-com"]) { place in
                Self.manifests(place, certificate: secret[0], key: secret[1])
            }
            try await Stage.use(feature, from: feed) { stage in
                try await stage.awaitAddress(of: "host-rules")
                try await Self.check(stage)
                let client = CurlClient(
                    address: "127.0.0.1",
                    httpsPort: stage.client.httpsPort,
                    trust: .authority(pair.certificate)
                )
                let response = try await client.send("GET https://foo.bar.com/")
                #expect(response.certificate?.names("foo.bar.com") == true)
                #expect(response.echo?.service == "foo-bar-com")
            }
        }
    }

    private static func check(_ stage: Stage) async throws {
        try await stage.check("by TLS", "GET https://foo.bar.com/", .served(by: "foo-bar-com"))
        try await stage.check("the host itself", "GET http://foo.bar.com/", .served(by: "foo-bar-com"))
        try await stage.check("another host", "GET http://subdomain.bar.com/", .status(404))
        try await stage.check("one label", "GET http://bar.foo.com/", .served(by: "wildcard-foo-com"))
        try await stage.check("more than one label", "GET http://baz.bar.foo.com/", .status(404))
        try await stage.check("no label", "GET http://foo.com/", .status(404))
        for host in ["foo.bar.com", "bar.foo.com"] {
            let echo = try await stage.send("GET http://\(host)/").echo
            #expect(echo?.header("Host") == host)
        }
    }

    private static func manifests(_ place: Place, certificate: String, key: String) -> String {
        """
        ---
        apiVersion: v1
        kind: Secret
        type: kubernetes.io/tls
        metadata: {name: conformance-tls, namespace: \(place.namespace)}
        data: {tls.crt: \(certificate), tls.key: \(key)}

        """ + place.ingress("host-rules") + """
              tls:
              - {hosts: [foo.bar.com], secretName: conformance-tls}
              rules:
              - host: "*.foo.com"
                http:
                  paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: wildcard-foo-com, port: {number: 8080}}}}
              - host: foo.bar.com
                http:
                  paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: foo-bar-com, port: {name: http}}}}

            """
    }
}
