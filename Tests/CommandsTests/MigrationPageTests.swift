import ArgumentParser
import Commands
import Foundation
import TestSupport
import Testing

/// The page on migration shows what the program prints.
struct MigrationPageTests {
    private static let manifests = """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          namespace: shop
          annotations: {nginx.ingress.kubernetes.io/proxy-body-size: 8m}
        spec:
          ingressClassName: nginx
          rules:
          - host: shop.example
            http:
              paths:
              - path: /docs/
                pathType: Prefix
                backend: {service: {name: web, port: {number: 80}}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: cart
          namespace: shop
          annotations: {nginx.ingress.kubernetes.io/auth-type: digest}
        spec:
          ingressClassName: nginx
          rules:
          - host: shop.example
            http:
              paths:
              - path: /cart
                pathType: Prefix
                backend: {service: {name: cart, port: {number: 80}}}

        """

    @Test func `each transcript is what the command prints`() async throws {
        let page = try String(
            contentsOf: PackageRoot.url.appending(path: "Documentation/migrate.md"),
            encoding: .utf8
        )
        let transcripts = Self.transcripts(in: page)
        #expect(!transcripts.isEmpty)
        try await CommandLine.use(["web.yaml": Self.manifests]) { shell in
            for (command, output) in transcripts {
                let printed = try await shell.run(command.split(separator: " ").dropFirst().map(String.init)).text
                #expect(printed.trimmingCharacters(in: .whitespacesAndNewlines) == output, "\(command)")
            }
        }
    }

    @Test func `each command is one that the program takes`() throws {
        let page = try String(
            contentsOf: PackageRoot.url.appending(path: "Documentation/migrate.md"),
            encoding: .utf8
        ).replacing(/\\\n */, with: "")
        let lines = page.split(separator: "\n").filter { $0.hasPrefix("    ") }
        let commands = lines.compactMap { $0.split(separator: "|").last?.trimmingPrefix(/[ $]*/) }
            .filter { $0.hasPrefix("postern ") }
        #expect(commands.count >= 5)
        for command in commands {
            let arguments = command.replacing("OLD-ADDRESS", with: "192.0.2.1").replacing(
                "NEW-ADDRESS",
                with: "192.0.2.2"
            )
            .split(separator: " ").dropFirst().map(String.init)
            #expect(throws: Never.self, "\(command)") { try PosternCommand.parseAsRoot(arguments) }
        }
    }

    /// The commands of indented blocks that begin with `$`, with the lines that follow each.
    private static func transcripts(in page: String) -> [(command: String, output: String)] {
        page.components(separatedBy: "\n    $ ").dropFirst().map { rest in
            var lines = rest.split(separator: "\n", omittingEmptySubsequences: false)
            let command = String(lines.removeFirst())
            let output = lines.prefix { $0.isEmpty || $0.hasPrefix("    ") }.map { $0.isEmpty ? "" : $0.dropFirst(4) }
            return (command, output.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }
}
