import Foundation
import TestSupport

extension ControlPlane {
    /// kubectl as somebody who may do everything.
    package var kubectl: Kubectl { Kubectl(kubeconfig: "\(folder)/admin.kubeconfig", cache: "\(folder)/cache") }

    /// kubectl as whoever a kubeconfig names.
    package func kubectl(as kubeconfig: String) -> Kubectl {
        Kubectl(kubeconfig: kubeconfig, cache: "\(folder)/cache")
    }

    /// Makes a namespace that no other test has, and returns its name.
    package func newNamespace(_ prefix: String = "test") async throws -> String {
        let name = "\(prefix)-\(UUID().uuidString.prefix(13).lowercased())"
        try await kubectl.create("apiVersion: v1\nkind: Namespace\nmetadata: {name: \(name)}\n")
        return name
    }

    /// A kubeconfig for a service account, made if need be, with a token that is valid for an hour.
    ///
    /// It may do what RBAC grants it, which is nothing at first.
    package func kubeconfig(serviceAccount name: String, in namespace: String) async throws -> String {
        let token = try await token(serviceAccount: name, in: namespace)
        return try kubeconfig(named: "\(namespace)-\(name)", user: "{token: \"\(token)\"}")
    }

    /// A service account's token, which is valid for an hour; makes the account if need be.
    package func token(serviceAccount name: String, in namespace: String) async throws -> String {
        try await kubectl.apply(
            "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: \(name), namespace: \(namespace)}\n"
        )
        let path = "/api/v1/namespaces/\(namespace)/serviceaccounts/\(name)/token"
        let request = #"{"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}"#
        let answer = try await kubectl.output(["create", "--raw", path, "-f", "-"], input: request)
        return try JSONDecoder().decode(TokenRequest.self, from: Data(answer)).status.token
    }

    /// A kubeconfig for a user who shows a client certificate.
    package func kubeconfig(user: String, groups: [String] = []) async throws -> String {
        let name = "\(folder)/certificates/\(user)"
        let subject = groups.map { "/O=\($0)" }.joined() + "/CN=\(user)"
        try await Self.openssl(["req", "-subj", subject, "-out", "\(name).csr"] + Self.newKey("\(name).key"))
        try await Self.openssl([
            "x509", "-req", "-days", "2", "-in", "\(name).csr", "-CA", "\(clientAuthority).crt",
            // A file that counts would be written by several tests at once.
            "-CAkey", "\(clientAuthority).key", "-set_serial", String(UInt64.random(in: 1...(.max >> 1))),
            "-out", "\(name).crt",
        ])
        return try kubeconfig(
            named: user,
            user: "{client-certificate: \"\(name).crt\", client-key: \"\(name).key\"}"
        )
    }

    /// Changes the status of an object by a JSON merge patch, as the cluster's own controllers do.
    ///
    /// `path` is the object's in the API, such as `/api/v1/namespaces/shop/services/web`. Older kubectls cannot do it.
    package func patchStatus(at path: String, _ patch: String) async throws {
        let user = "\(folder)/certificates/admin"
        let outcome = try await Tool("curl").run([
            "--disable", "--silent", "--show-error", "--fail-with-body", "--noproxy", "*", "--max-time", "30",
            "--cacert", authority, "--cert", "\(user).crt", "--key", "\(user).key", "--request", "PATCH",
            "--header", "Content-Type: application/merge-patch+json", "--data", patch, "\(url)\(path)/status",
        ])
        guard outcome.succeeded else { throw Tool.Failure(description: "\(path): \(outcome.errors)\(outcome.text)") }
    }

    /// The authority that signs the certificates of users; a path without its extension.
    var clientAuthority: String { "\(folder)/certificates/clients" }

    /// Makes what the servers need to know each other and their users.
    func makeCertificates() async throws {
        for name in ["certificates", "cache"] { mkdir("\(folder)/\(name)", 0o700) }
        try await Self.openssl(
            ["req", "-x509", "-days", "2", "-subj", "/CN=clients", "-out", "\(clientAuthority).crt"]
                + Self.newKey("\(clientAuthority).key")
        )
        try await Self.openssl([
            "ecparam", "-genkey", "-noout", "-name", "prime256v1", "-out", "\(folder)/certificates/accounts.key",
        ])
        _ = try await kubeconfig(user: "admin", groups: ["system:masters"])
    }

    /// Writes a kubeconfig that only its owner can read, and returns its path.
    private func kubeconfig(named name: String, user: String) throws -> String {
        let path = "\(folder)/\(name).kubeconfig"
        let text = """
            apiVersion: v1
            kind: Config
            current-context: \(name)
            contexts: [{name: \(name), context: {cluster: test, user: \(name)}}]
            clusters: [{name: test, cluster: {server: "\(url)", certificate-authority: "\(authority)"}}]
            users: [{name: \(name), user: \(user)}]

            """
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8), attributes: attributes) else {
            throw Tool.Failure(description: "\(path) cannot be written")
        }
        return path
    }

    private static func newKey(_ path: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path]
    }

    private static func openssl(_ arguments: [String]) async throws {
        let outcome = try await Tool("openssl").run(arguments)
        guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
    }
}

private struct TokenRequest: Decodable {
    struct Status: Decodable { var token: String }
    var status: Status
}
