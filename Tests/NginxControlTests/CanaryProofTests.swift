import Controller
import Diagnostics
import Foundation
import IngressTranslation
import NginxControl
import ProxyConfiguration
import TestSupport
import Testing

/// A real nginx passes requests to canaries as the model says.
@Suite(.timeLimit(.minutes(10))) struct CanaryProofTests {
    private func canary(of name: String, _ annotations: [String: String]) -> String {
        let lines = annotations.map { "nginx.ingress.kubernetes.io/\($0.key): '\($0.value)'" }.joined(separator: ", ")
        return """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: \(name)-canary
              namespace: shop
              annotations: {nginx.ingress.kubernetes.io/canary: 'true', \(lines)}
            spec:
              ingressClassName: nginx
              rules:
              - host: \(name).example
                http:
                  paths:
                  - {path: "/", pathType: Prefix, backend: {service: {name: \(name)-canary, port: {number: 80}}}}

            """
    }

    private static let rules: [[String: String]] = [
        ["canary-weight": "0", "canary-by-header": "X-Canary"],
        ["canary-weight": "30"], ["canary-weight": "100"], ["canary-weight": "1", "canary-weight-total": "3000"],
        ["canary-by-header": "X-Canary", "canary-by-header-value": "v2.1:a/b~c_d"],
        ["canary-by-header": "X-Canary", "canary-by-header-pattern": "^v[0-9]+(a|b)*$"],
        ["canary-by-header": "X-Canary", "canary-by-header-pattern": "(", "canary-weight": "100"],
        ["canary-by-header": "X_Odd", "canary-by-cookie": "c"],
        ["canary-by-cookie": "my-cookie.name:x/y~z"], ["canary-by-cookie": "My_Cookie"],
        ["canary-by-header": "Host", "canary-by-header-value": "a"],
        ["canary-by-header": "Cookie", "canary-by-cookie": "x", "canary-weight": "100"],
    ]

    @Test func `each kind of rule is proven, with what decides and what is near`() async throws {
        var manifests: [String] = []
        for (number, rules) in Self.rules.enumerated() {
            manifests.append(Site.ingress("h\(number)"))
            manifests.append(canary(of: "h\(number)", rules))
        }
        let proof = try await Site(manifests: manifests).prove()
        #expect(proof.findings.filter { $0.severity == .error || $0.code.hasPrefix("proof") } == [])
        #expect(
            proof.translation?.configuration.servers.flatMap(\.locations).count { $0.canaryOrigin != nil }
                == Self.rules.count
        )
        #expect(proof.requestCount > 12 * 20)
    }

    @Test func `two hundred canaries are proven, and none is set aside`() async throws {
        let manifests = (0..<200).flatMap { number in
            [Site.ingress("n\(number)"), canary(of: "n\(number)", Self.rules[number % Self.rules.count])]
        }
        var site = Site(manifests: manifests)
        site.bounds.variations = false
        let proof = try await site.prove()
        #expect(proof.failed == [] && proof.exclusions.isEmpty)
    }

    @Test func `what goes elsewhere is the canary's fault`() async throws {
        let manifests = Site.good(2) + [Site.ingress("h"), canary(of: "h", ["canary-by-header": "X-Canary"])]
        let template = try BuiltInTemplate.replacing(
            [
                "proxy_pass {{ url }};":
                    "if ($http_x_canary = always) {\n        return 418;\n    }\n    proxy_pass {{ url }};"
            ],
            in: "location"
        )
        let proof = try await Site(manifests: manifests, templates: ["location": template]).prove()
        #expect(Set(proof.failed.compactMap(\.object?.description)) == ["Ingress shop/h-canary"])
    }
}
