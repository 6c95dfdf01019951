import Curl
import Diagnostics
import Foundation
import KubernetesClient
import TestSupport
import Testing

@Suite
struct `A kubeconfig` {
    @Test
    func `names a server, an authority and a token`() throws {
        let found = try load(
            """
            current-context: a
            contexts: [{name: a, context: {cluster: a, user: a, namespace: shop}}]
            clusters: [{name: a, cluster: {server: "https://a.example:6443/", certificate-authority-data: \(pem)}}]
            users: [{name: a, user: {token: t}}]
            """
        )
        let wanted = ClusterConfiguration(
            server: "https://a.example:6443",
            trust: .certificates(Array("-----BEGIN X\n".utf8)),
            authorization: .token(SecretBytes([0x74])),
            namespace: "shop"
        )
        #expect(found == wanted)
    }

    @Test
    func `is joined from several files, in which the first counts and paths are its own`() throws {
        try TemporaryFolder.use { folder in
            let (one, two) = (folder.appending(path: "one"), folder.appending(path: "two"))
            for part in [one, two] {
                try FileManager.default.createDirectory(at: part, withIntermediateDirectories: false)
            }
            for name in ["ca.crt", "me.crt", "me.key"] { try write("x", to: two.appending(path: name)) }
            try write(
                "contexts: [{name: a, context: {cluster: a, user: a}}]\ncurrent-context: a\n",
                to: one.appending(path: "c")
            )
            try write(
                """
                current-context: b
                contexts: [{name: a, context: {cluster: b}}]
                clusters: [{name: a, cluster: {server: "https://a", certificate-authority: ca.crt}}]
                users: [{name: a, user: {client-certificate: me.crt, client-key: me.key}}]
                """,
                to: two.appending(path: "c")
            )
            let files = [one.appending(path: "c").path, "/does/not/exist", two.appending(path: "c").path]
            let found = try ClusterConfiguration.load(
                environment: ClientEnvironment(variables: ["KUBECONFIG": files.joined(separator: ":")])
            )
            let identity = TransportSecurity.Identity(
                certificate: .file("\(two.path)/me.crt"),
                key: .file("\(two.path)/me.key")
            )
            #expect(
                found
                    == ClusterConfiguration(server: "https://a", trust: .file("\(two.path)/ca.crt"), identity: identity)
            )
        }
    }

    @Test
    func `takes another context, address, proxy and name`() throws {
        let text = """
            current-context: a
            contexts: [{name: a, context: {cluster: a}}, {name: b, context: {cluster: b, user: b}}]
            clusters:
            - {name: a, cluster: {server: "https://a"}}
            - {name: b, cluster: {server: "https://b", tls-server-name: c, proxy-url: "http://p:1", insecure-skip-tls-verify: true}}
            users: [{name: b, user: {username: u, password: p, as: someone, as-groups: [g]}}]
            """
        let found = try load(text, context: "b", server: "https://other")
        #expect(found.server == "https://other")
        #expect(found.trust == .anyone)
        #expect(found.serverName == "c")
        #expect(found.proxy == .init(url: "http://p:1"))
        #expect(found.authorization == .basic(user: "u", password: SecretBytes([0x70])))
        #expect(found.impersonation == [.init("Impersonate-User", "someone"), .init("Impersonate-Group", "g")])
    }

    @Test(
        arguments: [
            (
                "clusters: [{name: a, cluster: {👉certificate-authority: x}}]",
                "clusters[0].cluster: the cluster has no server"
            ),
            (
                "clusters: [{name: a, cluster: {server: 👉a.example}}]",
                "clusters[0].cluster.server: the address of an API server begins with https:// or http://"
            ),
            (
                "clusters: [{name: a, cluster: {server: \"https://a\", certificate-authority: 👉gone.crt}}]",
                "clusters[0].cluster.certificate-authority: the file FOLDER/gone.crt cannot be read"
            ),
            (
                "clusters: [{name: a, cluster: {server: \"https://a\", certificate-authority-data: 👉'%'}}]",
                "clusters[0].cluster.certificate-authority-data: this is not base64"
            ),
            (
                "clusters: [{name: a, cluster: {server: \"https://a\", certificate-authority-data: 👉YQ==}}]",
                "clusters[0].cluster.certificate-authority-data: this is not PEM in base64"
            ),
            (
                "clusters: [{name: a, cluster: {server: \"https://a\", insecure-skip-tls-verify: 👉maybe}}]",
                "clusters[0].cluster.insecure-skip-tls-verify: true or false is expected here"
            ),
            (
                "users: [{name: a, user: {client-certificate: 👉gone.crt}}]",
                "users[0].user.client-certificate: the file FOLDER/gone.crt cannot be read"
            ),
            (
                "users: [{name: a, user: {token: 👉t, username: u}}]",
                "users[0].user.token: a token and a username exclude each other"
            ),
            (
                "users: [{name: a, user: {auth-provider: 👉{name: gcp}}}]",
                "users[0].user.auth-provider: auth-provider is gone from Kubernetes; 'exec' takes its place"
            ),
            (
                "users: [{name: a, user: {exec: {command: x, apiVersion: 👉client.authentication.k8s.io/v1alpha1}}}]",
                "users[0].user.exec.apiVersion: 'client.authentication.k8s.io/v1alpha1' is not supported; "
                    + "supported are client.authentication.k8s.io/v1, client.authentication.k8s.io/v1beta1"
            ),
            (
                "users: [{name: a, user: {exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: 👉Always}}}]",
                "users[0].user.exec.interactiveMode: Postern has no terminal, so a plugin that always needs one cannot be run"
            ),
            ("users: 👉7", "users: a list is expected here"),
            (
                "users: [{name: a, user: 👉{as-groups: [g]}}]",
                "users[0].user: who acts with the groups of others must say as whom: 'as' is missing"
            ),
            (
                "contexts: [{name: a, context: {cluster: 👉other}}]",
                "contexts[0].context.cluster: there is no cluster 'other'"
            ),
            ("current-context: 👉aa", "current-context: there is no context 'aa'; did you mean 'a'?"),
        ] as [(MarkedText, String)]
    )
    func `is refused with the field and its place`(_ marked: MarkedText, _ message: String) throws {
        let sound = [
            "current-context: a", "contexts: [{name: a, context: {cluster: a, user: a}}]",
            "clusters: [{name: a, cluster: {server: \"https://a\"}}]", "users: [{name: a, user: {}}]",
        ]
        let key = marked.text.prefix { $0 != ":" }
        let text = ([marked.text] + sound.filter { !$0.hasPrefix(key) }).joined(separator: "\n")
        try TemporaryFolder.use { folder in
            let file = folder.appending(path: "kubeconfig.yaml")
            try write(text, to: file)
            let error = #expect(throws: ConfigurationError.self) {
                try ClusterConfiguration.load(kubeconfig: file.path)
            }
            let expected = message.replacing("FOLDER", with: folder.path)
            // The mark stands at a value; what is said of a mapping stands where that begins.
            let place = error?.position.map { "\($0.line):\($0.column)" } ?? ""
            #expect(error?.description == "\(file.path):\(place): \(expected)")
            #expect(error?.position?.line == marked.line)
            if message.hasSuffix("has no server") == false { #expect(error?.position?.column == marked.column) }
        }
    }

    @Test
    func `is told of where YAML itself is broken, and where it is missing`() throws {
        try TemporaryFolder.use { folder in
            let file = folder.appending(path: "c")
            try write("a: [\n", to: file)
            let broken = #expect(throws: ConfigurationError.self) {
                try ClusterConfiguration.load(kubeconfig: file.path)
            }
            #expect(broken?.position?.file == file.path)
            let missing = #expect(throws: ConfigurationError.self) {
                try ClusterConfiguration.load(kubeconfig: "\(folder.path)/gone")
            }
            #expect(missing?.description == "the kubeconfig \(folder.path)/gone cannot be read")
            #expect(throws: ConfigurationError.self) {
                try ClusterConfiguration.load(environment: ClientEnvironment(variables: [:], home: folder.path))
            }
        }
    }

    @Test
    func `is found in the home folder, unless the program is a Pod`() throws {
        try TemporaryFolder.use { folder in
            try FileManager.default.createDirectory(
                at: folder.appending(path: ".kube"),
                withIntermediateDirectories: false
            )
            try write(
                "current-context: a\ncontexts: [{name: a, context: {cluster: a}}]\n"
                    + "clusters: [{name: a, cluster: {server: \"https://home\"}}]\n",
                to: folder.appending(path: ".kube/config")
            )
            var environment = ClientEnvironment(variables: [:], home: folder.path, serviceAccountFolder: folder.path)
            #expect(try ClusterConfiguration.load(environment: environment).server == "https://home")
            environment.variables = ["KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "443"]
            #expect(throws: ConfigurationError.self) { try ClusterConfiguration.load(environment: environment) }
            for (name, text) in [("token", "t\n"), ("ca.crt", "x"), ("namespace", "ingress\n")] {
                try write(text, to: folder.appending(path: name))
            }
            let inside = ClusterConfiguration(
                server: "https://[fd00::1]:443",
                trust: .file("\(folder.path)/ca.crt"),
                authorization: .tokenFile("\(folder.path)/token"),
                namespace: "ingress"
            )
            #expect(try ClusterConfiguration.load(environment: environment) == inside)
            // Who names an address is not to get the credentials of another.
            let elsewhere = try ClusterConfiguration.load(server: "http://127.0.0.1:8001", environment: environment)
            #expect(elsewhere == ClusterConfiguration(server: "http://127.0.0.1:8001"))
        }
    }

    @Test(arguments: [
        ("https://a.example", ["HTTPS_PROXY": "http://p:1", "NO_PROXY": "b"], "http://p:1"),
        ("https://a.example", ["https_proxy": "http://p:1"], "http://p:1"),
        ("http://a.example", ["HTTPS_PROXY": "http://p:1"], nil),
        ("https://a.example", [:], nil),
    ])
    func `leaves the proxy to the environment`(_ server: String, _ variables: [String: String], _ url: String?) throws {
        let environment = ClientEnvironment(variables: variables)
        let found = try ClusterConfiguration.load(server: server, environment: environment)
        #expect(found.proxy?.url == url)
        if variables["NO_PROXY"] != nil { #expect(found.proxy?.exceptions == "b,localhost,127.0.0.0/8,::1") }
    }

    @Test
    func `never prints what is secret`() throws {
        let found = try load(
            """
            current-context: a
            contexts: [{name: a, context: {cluster: a, user: a}}]
            clusters: [{name: a, cluster: {server: "https://a"}}]
            users: [{name: a, user: {token: s3cr3t, client-certificate-data: \(pem), client-key-data: \(pem)}}]
            """
        )
        var text = "\(found)"
        dump(found, to: &text)
        #expect(!text.contains("s3cr3t") && !text.contains("BEGIN") && text.contains("secret bytes"))
    }

    @Test(arguments: [
        ("http://api.example:8080", "token: t", true), ("http://192.0.2.1", "{username: a, password: b}", true),
        ("http://127.0.0.1.example", "token: t", true), ("http://10.0.0.1/127.0.0.1", "token: t", true),
        ("http://127.0.0.1:8080", "token: t", false), ("http://127.7.7.7", "token: t", false),
        ("http://localhost:8080", "token: t", false), ("http://[::1]:8080", "token: t", false),
        ("https://api.example", "token: t", false), ("http://api.example", "", false),
    ])
    func `warns where a token is sent for everybody to read`(
        _ server: String,
        _ user: String,
        _ isWarned: Bool
    ) throws {
        let found = try load(
            """
            current-context: a
            contexts: [{name: a, context: {cluster: a, user: a}}]
            clusters: [{name: a, cluster: {server: "\(server)"}}]
            users: [{name: a, user: {\(user.trimmingCharacters(in: ["{", "}"]))}}]
            """
        )
        #expect(found.warnings.map(\.code) == (isWarned ? ["credentials-unencrypted"] : []))
    }

    @Test
    func `warns where a token for this machine goes by a proxy`() throws {
        let found = try load(
            """
            current-context: a
            contexts: [{name: a, context: {cluster: a, user: a}}]
            clusters: [{name: a, cluster: {server: "http://127.0.0.1", proxy-url: "http://proxy.example"}}]
            users: [{name: a, user: {token: t}}]
            """
        )
        #expect(found.warnings.map(\.code) == ["credentials-unencrypted"])
    }

    private func load(_ text: String, context: String? = nil, server: String? = nil) throws -> ClusterConfiguration {
        try TemporaryFolder.use { folder in
            let file = folder.appending(path: "c")
            try write(text, to: file)
            return try ClusterConfiguration.load(
                kubeconfig: file.path,
                context: context,
                server: server,
                environment: ClientEnvironment(variables: [:])
            )
        }
    }

    private var pem: String { Data("-----BEGIN X\n".utf8).base64EncodedString() }
}

func write(_ text: String, to file: URL) throws {
    try Data(text.utf8).write(to: file)
}
