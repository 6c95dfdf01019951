import TestSupport
import Foundation
import Testing

struct CheckTests {
    @Test func `nothing wrong exits with 0`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let outcome = try await shell.run("check", "web.yaml")
            #expect(outcome.status == 0)
            #expect(outcome.text.hasSuffix("[service-assumed]\n"))
            #expect(outcome.errors == "1 file, 1 Ingress, 1 host: 1 note\n")
        }
    }

    @Test func `a warning exits with 1, and stands where it belongs`() async throws {
        let annotation = "nginx.ingress.kubernetes.io/rewrit-target: /"
        let text = ingress().replacing(
            "  namespace: shop\n",
            with: "  namespace: shop\n  annotations:\n    \(annotation)\n"
        )
        try await CommandLine.use(["web.yaml": text]) { shell in
            let outcome = try await shell.run("check", "web.yaml")
            #expect(outcome.status == 1)
            #expect(
                outcome.text.hasPrefix(
                    """
                    web.yaml:7:48: warning: 'rewrit-target' has no effect: there is no such annotation [annotation-unknown]
                        hint: did you mean 'rewrite-target'?

                    """
                )
            )
            #expect(outcome.errors == "1 file, 1 Ingress, 1 host: 1 warning, 1 note\n")
        }
    }

    @Test func `JSON holds what the text says`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let outcome = try await shell.run("check", "--format", "json", "web.yaml")
            let findings = try JSONDecoder().decode([Finding].self, from: Data(outcome.output))
            #expect(
                findings == [
                    Finding(
                        severity: "note",
                        code: "service-assumed",
                        message: "Service 'shop/web' is not in the input; 192.0.2.1 stands for its endpoints",
                        object: .init(kind: "Ingress", namespace: "shop", name: "web"),
                        field: "spec.rules[0].http.paths[0].backend.service.name",
                        file: "web.yaml",
                        line: 15,
                        column: 35
                    )
                ]
            )
        }
    }

    @Test func `JSON of no findings is an empty list`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let outcome = try await shell.run("check", "--quiet", "--format", "json", "web.yaml")
            #expect(outcome.status == 0)
            #expect(try JSONDecoder().decode([Finding].self, from: Data(outcome.output)).isEmpty)
        }
    }

    private struct Finding: Decodable, Equatable {
        struct Object: Decodable, Equatable {
            var kind: String
            var namespace: String?
            var name: String
        }

        var severity: String
        var code: String
        var message: String
        var object: Object?
        var field: String?
        var file: String?
        var line: Int?
        var column: Int?
    }
}
