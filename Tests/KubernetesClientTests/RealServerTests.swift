import APIServerTestSupport
import ControlPlaneTestSupport
import Curl
import Diagnostics
import Foundation
import KubernetesClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct `A client of a real API server` {
    @Test
    func `is known by a certificate and a key that stand in the kubeconfig itself`() async throws {
        let plane = try await ControlPlane.shared()
        let files = try await plane.kubeconfig(user: "inline", groups: ["system:masters"])
        let flat = try await plane.kubectl(as: files).output(["config", "view", "--raw", "--flatten"])
        try await TemporaryFolder.use { folder in
            let file = folder.appending(path: "flat")
            try Data(flat).write(to: file)
            let configuration = try ClusterConfiguration.load(kubeconfig: file.path)
            guard case .bytes = configuration.identity?.key, case .certificates = configuration.trust else {
                Issue.record("nothing is inline")
                return
            }
            #expect(try await Self.namespaces(configuration).contains("kube-system"))
        }
    }

    @Test
    func `is known by a certificate that a plugin prints`() async throws {
        let plane = try await ControlPlane.shared()
        let path = try await plane.kubeconfig(user: "printed", groups: ["system:masters"])
        var configuration = try ClusterConfiguration.load(kubeconfig: path)
        let files = "\(plane.folder)/certificates/printed"
        let status = [
            "clientCertificateData": try String(contentsOfFile: "\(files).crt", encoding: .utf8),
            "clientKeyData": try String(contentsOfFile: "\(files).key", encoding: .utf8),
        ]
        let credential = ExecCredential(apiVersion: "client.authentication.k8s.io/v1beta1", status: status)
        configuration.identity = nil
        configuration.authorization = .plugin(
            CredentialPlugin(
                apiVersion: credential.apiVersion,
                command: "printf",
                arguments: ["%s", String(decoding: try JSONEncoder().encode(credential), as: UTF8.self)]
            )
        )
        #expect(try await Self.namespaces(configuration).contains("kube-system"))
    }

    @Test
    func `trusts only the authority that it is given, and the name that the certificate is for`() async throws {
        let plane = try await ControlPlane.shared()
        let sound = try ClusterConfiguration.load(
            kubeconfig: try await plane.kubeconfig(user: "trusting", groups: ["system:masters"])
        )
        var other = sound
        other.serverName = "kubernetes.default.svc"
        other.server = "https://localhost:\(plane.port)"
        #expect(try await Self.namespaces(other).contains("kube-system"))
        other.serverName = "nobody.example"
        #expect(await Self.refusal(other)?.contains("nobody.example") == true)
        other = sound
        other.trust = .system
        #expect(await Self.refusal(other)?.contains("certificate") == true)
        other.trust = .anyone
        #expect(try await Self.namespaces(other).contains("kube-system"))
        other.identity?.key = .bytes(SecretBytes(Array("-----BEGIN PRIVATE KEY-----\n".utf8)))
        let error = await #expect(throws: APIError.self) { try await Self.namespaces(other) }
        guard case .unusable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test
    func `reads one answer slowly while others go on over the same connection`() async throws {
        let plane = try await ControlPlane.shared()
        let namespace = try await plane.newNamespace("client")
        let configuration = try ClusterConfiguration.load(
            kubeconfig: try await plane.kubeconfig(user: "slow", groups: ["system:masters"])
        )
        let client = APIClient(configuration)
        let path = APIResource.configMaps.path(namespace: namespace)
        let text = String(repeating: "0123456789abcdef", count: 40_000)
        for number in 0..<10 {
            let object = Object(metadata: .init(name: "large-\(number)"), data: ["text": text])
            let made: Object = try await client.create(object, at: path)
            #expect(made.data?["text"]?.count == text.count)
        }
        let slow = try await client.open(APIRequest(.get, path))
        #expect(slow.head.httpVersion == "2")
        for _ in 0..<20 { _ = try await client.send(APIRequest(.get, "/version")) }
        let list = try JSONDecoder().decode(List.self, from: Data(try await slow.collect(upTo: 1 << 26)))
        #expect(list.items.filter { $0.data?["text"] == text }.count == 10)
    }

    @Test
    func `goes through the tunnel of a proxy, which learns only where to`() async throws {
        let plane = try await ControlPlane.shared()
        let path = try await plane.kubeconfig(serviceAccount: "default", in: "kube-system")
        try await ConnectProxy.use(password: "let me") { proxy in
            var configuration = try ClusterConfiguration.load(kubeconfig: path)
            configuration.server = "https://127.0.0.1:\(plane.port)"
            configuration.proxy = .init(url: "http://postern:let%20me@127.0.0.1:\(proxy.port)")
            let client = APIClient(configuration)
            for _ in 0..<3 { _ = try await client.send(APIRequest(.get, "/version")) }
            let head = try #require(await proxy.heads.first)
            // One tunnel carries all requests, and none of their headers is told to the proxy.
            #expect(await proxy.heads.count == 1)
            #expect(head.hasPrefix("CONNECT 127.0.0.1:\(plane.port) HTTP/1.1\r\n"))
            #expect(!head.lowercased().contains("\r\nauthorization:"))
            configuration.proxy = .init(url: "http://postern:guess@127.0.0.1:\(proxy.port)")
            let error = await #expect(throws: APIError.self) {
                try await APIClient(configuration).send(APIRequest(.get, "/version"))
            }
            let text = error.map(String.init(describing:)) ?? ""
            #expect(text.contains("407"), "\(text)")
            #expect(!text.contains("guess"))
        }
    }

    private static func namespaces(_ configuration: ClusterConfiguration) async throws -> [String] {
        let list: List = try await APIClient(configuration).get("/api/v1/namespaces")
        return list.items.map(\.metadata.name)
    }

    private static func refusal(_ configuration: ClusterConfiguration) async -> String? {
        do {
            _ = try await namespaces(configuration)
            return nil
        } catch APIError.untrusted(let reason) {
            return reason
        } catch {
            return nil
        }
    }

    private struct ExecCredential: Encodable {
        var apiVersion: String
        var status: [String: String]
    }

    private struct List: Decodable {
        var items: [Object]
    }

    private struct Object: Codable {
        struct Metadata: Codable { var name: String }
        var metadata: Metadata
        var data: [String: String]?
    }
}
