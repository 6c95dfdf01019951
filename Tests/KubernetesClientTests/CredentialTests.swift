import APIServerTestSupport
import Curl
import Diagnostics
import Foundation
import KubernetesClient
import TestSupport
import Testing

@Suite
struct `Credentials` {
    @Test
    func `are sent as the configuration says`() async throws {
        try await FakeAPIServer.use { server in
            await server.serve("/api/v1/services", kind: "Service")
            let kinds: [ClusterConfiguration.Authorization] = [
                .none, .token(SecretBytes(Array("t".utf8))), .basic(user: "u", password: SecretBytes(Array("p".utf8))),
            ]
            for authorization in kinds {
                let configuration = ClusterConfiguration(
                    server: server.url,
                    authorization: authorization,
                    impersonation: [.init("Impersonate-User", "someone")]
                )
                _ = try await APIClient(configuration).send(APIRequest(.get, "/api/v1/services"))
            }
            let headers = await server.requests.map { $0.headers["authorization"] }
            #expect(headers == [nil, "Bearer t", "Basic dTpw"])
            #expect(await server.requests.allSatisfy { $0.headers["impersonate-user"] == "someone" })
        }
    }

    @Test
    func `are read anew once when they are refused`() async throws {
        try await TemporaryFolder.use { folder in
            let file = folder.appending(path: "token")
            try write("old\n", to: file)
            try await FakeAPIServer.use { server in
                await server.serve("/api/v1/services", kind: "Service")
                let client = APIClient(ClusterConfiguration(server: server.url, authorization: .tokenFile(file.path)))
                _ = try await client.send(APIRequest(.get, "/api/v1/services"))
                try write("new\n", to: file)
                await server.script([.status(401), .usual, .status(401)]) { _ in true }
                _ = try await client.send(APIRequest(.get, "/api/v1/services"))
                // The file holds nothing newer now: to ask again would be of no use.
                await #expect(throws: APIError.unauthorized(APIStatus(code: 401))) {
                    try await client.send(APIRequest(.get, "/api/v1/services"))
                }
                let headers = await server.requests.map { $0.headers["authorization"] }
                #expect(headers == ["Bearer old", "Bearer old", "Bearer new", "Bearer new"])
            }
        }
    }

    @Test
    func `come from a plugin, which is run again when they expire or are refused`() async throws {
        try await TemporaryFolder.use { folder in
            let script = """
                echo x >> \(folder.path)/runs; n=$(wc -l < \(folder.path)/runs)
                echo "$KUBERNETES_EXEC_INFO" > \(folder.path)/info
                echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'$1$EXTRA$n'","expirationTimestamp":"'$2'"}}'
                """
            let times = [
                ("2999-01-01T00:00:00Z", ["te1", "te1", "te2", "te2"]),
                ("2001-01-01T00:00:00Z", ["te1", "te2", "te3", "te4"]),
            ]
            for (expiry, tokens) in times {
                try? FileManager.default.removeItem(at: folder.appending(path: "runs"))
                let plugin = CredentialPlugin(
                    command: "sh",
                    arguments: ["-c", script, "sh", "t", expiry],
                    environment: ["EXTRA": SecretBytes(Array("e".utf8))],
                    cluster: Array(#"{"server":"https://a"}"#.utf8)
                )
                #expect(try await headers(plugin) == tokens.map { "Bearer \($0)" })
                let info = try String(contentsOf: folder.appending(path: "info"), encoding: .utf8)
                #expect(
                    info == #"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","#
                        + #""spec":{"interactive":false,"cluster":{"server":"https://a"}}}"# + "\n"
                )
            }
        }
    }

    /// Sends three requests, the second of which is refused.
    private func headers(_ plugin: CredentialPlugin) async throws -> [String] {
        try await FakeAPIServer.use { server in
            await server.serve("/api/v1/services", kind: "Service")
            await server.script([.usual, .status(401)]) { _ in true }
            let client = APIClient(ClusterConfiguration(server: server.url, authorization: .plugin(plugin)))
            for _ in 0..<3 { _ = try await client.send(APIRequest(.get, "/api/v1/services")) }
            return await server.requests.compactMap { $0.headers["authorization"] }
        }
    }

    @Test(arguments: [
        ("exit 3", "sh, which is to give credentials, failed"),
        ("echo 'no login' >&2; exit 1", "sh, which is to give credentials, failed: no login"),
        ("echo s3cr3t", "sh printed no ExecCredential"),
        (
            #"echo '{"apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"s3cr3t"}}'"#,
            "sh printed credentials in client.authentication.k8s.io/v1beta1 where the kubeconfig asks for client.authentication.k8s.io/v1"
        ),
        (
            #"echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{}}'"#,
            "sh printed neither a token nor a certificate with its key"
        ),
        (
            #"echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"s3cr3t","expirationTimestamp":"soon"}}'"#,
            "sh printed an expirationTimestamp that is no time"
        ),
    ])
    func `of a plugin that fails are told without what it printed`(_ script: String, _ message: String) async {
        let plugin = CredentialPlugin(command: "sh", arguments: ["-c", script])
        let client = APIClient(ClusterConfiguration(server: "http://127.0.0.1:9", authorization: .plugin(plugin)))
        await #expect(throws: APIError.unusable(message)) { try await client.send(APIRequest(.get, "/version")) }
    }

    @Test
    func `of a plugin that is missing are told with its hint`() async {
        let plugin = CredentialPlugin(command: "/does/not/exist", installHint: "install it")
        let client = APIClient(ClusterConfiguration(server: "http://127.0.0.1:9", authorization: .plugin(plugin)))
        let error = await #expect(throws: APIError.self) { try await client.send(APIRequest(.get, "/version")) }
        #expect("\(error.map(String.init(describing:)) ?? "")".hasSuffix("; install it"))
    }

    @Test
    func `that end a line are never sent`() async {
        let token = SecretBytes(Array("a\r\nX-Remote-User: admin".utf8))
        let client = APIClient(ClusterConfiguration(server: "http://127.0.0.1:9", authorization: .token(token)))
        await #expect(throws: APIError.unusable("the header Authorization holds a control character")) {
            try await client.send(APIRequest(.get, "/version"))
        }
    }
}
