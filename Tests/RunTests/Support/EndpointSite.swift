import ControlPlaneTestSupport
import ControllerTestSupport
import CurlTestSupport
import EchoBackend
import Foundation
import TestSupport
import Testing

/// A controller whose nginx asks for endpoints, and backends at addresses of their own.
struct EndpointSite {
    var site: ControllerSite
    /// The addresses of backends `b0`, `b1`, …, all of which listen at two ports.
    let backends: [String]
    let backendPort: UInt16
    let otherPort: UInt16

    /// The newer nginx; empty where none is named.
    static var program: String { ProcessInfo.processInfo.environment["POSTERN_NEWER_NGINX"] ?? "" }

    static func use(backends count: Int, body: (EndpointSite) async throws -> Void) async throws {
        let isThere = FileManager.default.isExecutableFile(atPath: program)
        try #require(isThere, "no newer nginx is named; run `make newer`")
        let addresses = try (0..<count).map { _ in try EndpointAddress.unique().description }
        let ports = (try ClaimedPort.next(), try ClaimedPort.next())
        try await ControllerSite.use { site in
            let site = EndpointSite(site: site, backends: addresses, backendPort: ports.0, otherPort: ports.1)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, address) in addresses.enumerated() {
                    for port in [ports.0, ports.1] {
                        let backend = try EchoBackend(name: "b\(number)", host: address, port: port)
                        group.addTask { try await backend.run() }
                        _ = try await backend.address
                    }
                }
                defer { group.cancelAll() }
                try await body(site)
            }
        }
    }

    func run(_ more: String..., body: (ControllerProcess) async throws -> Void) async throws -> ControllerProcess.End {
        let nginx = more.contains("--nginx") ? [] : ["--nginx", Self.program]
        let options = nginx + ["--endpoints", "dns"] + more
        return try await site.run(options, body: body)
    }

    /// Runs an nginx that asks at a port where nobody answers.
    func runDeaf(body: (ControllerProcess) async throws -> Void) async throws -> ControllerProcess.End {
        let templates = "\(site.folder)/templates"
        try FileManager.default.createDirectory(atPath: templates, withIntermediateDirectories: true)
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../Templates/resources.tmpl"
        )
        let text = try String(contentsOf: source, encoding: .utf8)
        let deaf = text.replacing("resolver {{ lookup.servers }}", with: "resolver 127.0.0.1:1")
        #expect(deaf != text)
        try deaf.write(toFile: "\(templates)/resources.tmpl", atomically: true, encoding: .utf8)
        return try await run("--templates", templates, body: body)
    }

    /// How what serves differs from the manifests, and whether it answers a request as they say.
    func compared(with url: String) async throws -> (difference: String, explanation: String) {
        let same = ["--state-dir", site.state, "--endpoints", "dns"] + site.ports
        let postern = try Tool(built: "postern")
        let difference = try await postern.run(["diff"] + same + [site.manifests])
        let explanation = try await postern.run(["explain", "--as", "folder"] + same + [url, site.manifests])
        return (difference.text, explanation.text)
    }

    /// The value of each metric, by its name and labels; empty while nobody answers.
    func metrics() async throws -> [String: Double] {
        let client = CurlClient(address: "127.0.0.1", httpPort: Int(site.healthPort), httpsPort: Int(site.healthPort))
        guard let body = try? await client.send("GET http://localhost/metrics").body else { return [:] }
        let lines = String(decoding: body, as: UTF8.self).split(separator: "\n")
        let samples = lines.compactMap { line -> (String, Double)? in
            guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]) else {
                return nil
            }
            return (String(line[..<space]), value)
        }
        return Dictionary(samples) { first, _ in first }
    }

    /// Asks for a path that a backend answers.
    func asking(_ host: String, body: () async throws -> Void) async throws -> [String: Int] {
        try await site.asking(host, body: body)
    }

    /// The text of the configuration that `current` leads to.
    var configuration: String { site.stateText("current/nginx.conf") }

    /// How many changes of endpoints have taken no reload.
    var changes: Int? {
        struct Status: Decodable {
            struct Endpoints: Decodable { var changes: Int }

            var endpoints: Endpoints?
        }
        return (try? JSONDecoder().decode(Status.self, from: Data(site.stateText("status.json").utf8)))?.endpoints?
            .changes
    }

    /// Writes an Ingress for the host `NAME.example`, and a Service with these endpoints.
    func serve(
        _ name: String,
        by addresses: String...,
        ending: [String] = [],
        port: UInt16? = nil,
        annotations: [String: String] = [:]
    ) throws {
        let endpoints =
            addresses.map { ServiceManifest.Endpoint($0) }
            + ending.map { ServiceManifest.Endpoint($0, isReady: false) }
        let lines = annotations.map { "    nginx.ingress.kubernetes.io/\($0.key): \"\($0.value)\"\n" }.joined()
        try site.write(
            """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: \(name)
              namespace: shop
              annotations:
                example.org/of: test
            \(lines)spec:
              rules:
              - host: \(name).example
                http:
                  paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: \(name), port: {number: 80}}}}
            ---

            """ + ServiceManifest.text(name, at: port ?? backendPort, endpoints),
            to: "\(name).yaml"
        )
    }

    /// Waits until these backends answer for a host, and no others.
    func awaitBackends(_ names: Set<String>, of host: String) async throws {
        var last: Set<String> = []
        do {
            try await eventually("\(names.sorted()) answer for \(host)") {
                last = []
                for _ in 0..<(4 * names.count) {
                    let answer = try? await site.client.send("GET http://\(host).example/")
                    last.insert(answer?.echo?.backend ?? "\(answer?.status ?? 0)")
                }
                return last == names
            }
        } catch let error as DeadlineExceeded {
            throw DeadlineExceeded(description: "\(error); the last to answer are \(last)")
        }
    }
}
