import Curl
import Diagnostics
import FoundationEssentials
import TextCoding

extension ConfigurationNode {
    /// How a user is known; of several ways, the first of token file, token, password and plugin.
    func authorization(at cluster: ConfigurationNode) throws(ConfigurationError) -> ClusterConfiguration.Authorization {
        if let provider = try entry("auth-provider") {
            throw provider.error("auth-provider is gone from Kubernetes; 'exec' takes its place")
        }
        let token = try text("token")
        let user = try text("username")
        if let (_, node) = token, user != nil { throw node.error("a token and a username exclude each other") }
        if let file = try readableFile("tokenFile") { return .tokenFile(file) }
        if let token { return .token(SecretBytes(Array(token.value.utf8).trimmed)) }
        if let user {
            return .basic(user: user.value, password: SecretBytes(Array((try text("password")?.value ?? "").utf8)))
        }
        return try entry("exec").map { exec throws(ConfigurationError) in .plugin(try exec.plugin(for: cluster)) }
            ?? .none
    }

    /// The headers by which a user acts as another.
    func impersonation() throws(ConfigurationError) -> [TransferRequest.Header] {
        var headers: [TransferRequest.Header] = []
        if let user = try text("as") { headers.append(.init("Impersonate-User", user.value)) }
        if let uid = try text("as-uid") { headers.append(.init("Impersonate-Uid", uid.value)) }
        for group in try items("as-groups") { headers.append(.init("Impersonate-Group", try group.text())) }
        if let extra = try entry("as-user-extra") {
            for key in try extra.keys() {
                for value in try extra.items(key) {
                    headers.append(.init("Impersonate-Extra-\(key.percentEncoded)", try value.text()))
                }
            }
        }
        guard let first = headers.first, first.name != "Impersonate-User" else { return headers }
        throw error("who acts with the groups of others must say as whom: 'as' is missing")
    }

    private func plugin(for cluster: ConfigurationNode) throws(ConfigurationError) -> CredentialPlugin {
        guard let (version, versionNode) = try text("apiVersion") else { throw error("it has no apiVersion") }
        guard CredentialPlugin.apiVersions.contains(version) else {
            let known = CredentialPlugin.apiVersions.joined(separator: ", ")
            throw versionNode.error("'\(version.printable)' is not supported; supported are \(known)")
        }
        guard let command = try text("command") else { throw error("it has no command") }
        if let (mode, node) = try text("interactiveMode"), mode == "Always" {
            throw node.error("Postern has no terminal, so a plugin that always needs one cannot be run")
        }
        var environment: [String: SecretBytes] = [:]
        for variable in try items("env") {
            guard let name = try variable.text("name") else { throw variable.error("it has no name") }
            environment[name.value] = SecretBytes(Array((try variable.text("value")?.value ?? "").utf8))
        }
        var arguments: [String] = []
        for argument in try items("args") { arguments.append(try argument.text()) }
        return CredentialPlugin(
            apiVersion: version,
            // Only a path is taken from the folder of the kubeconfig; a name is looked for in PATH.
            command: command.value.contains("/") ? command.node.resolved(command.value) : command.value,
            arguments: arguments,
            environment: environment,
            installHint: try text("installHint")?.value,
            cluster: try flag("provideClusterInfo") ? try cluster.described() : nil
        )
    }

    /// A cluster as plugins are told of it.
    private func described() throws(ConfigurationError) -> [UInt8] {
        var authorities = try text("certificate-authority-data")?.value
        if authorities == nil, let file = try readableFile("certificate-authority") {
            authorities = FileManager.default.contents(atPath: file)?.base64EncodedString()
        }
        let description = ClusterDescription(
            server: try text("server")?.value,
            tlsServerName: try text("tls-server-name")?.value,
            insecureSkipTLSVerify: try flag("insecure-skip-tls-verify"),
            certificateAuthorityData: authorities,
            proxyURL: try text("proxy-url")?.value
        )
        do {
            return Array(try JSONEncoder().encode(description))
        } catch {
            throw self.error("it cannot be told to a plugin: \(error)")
        }
    }

    private struct ClusterDescription: Encodable {
        var server: String?
        var tlsServerName: String?
        var insecureSkipTLSVerify: Bool
        var certificateAuthorityData: String?
        var proxyURL: String?

        private enum CodingKeys: String, CodingKey {
            case server, certificateAuthorityData
            case tlsServerName = "tls-server-name"
            case insecureSkipTLSVerify = "insecure-skip-tls-verify"
            case proxyURL = "proxy-url"
        }
    }
}

extension CredentialPlugin {
    fileprivate static let apiVersions = [
        "client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1",
    ]
}
