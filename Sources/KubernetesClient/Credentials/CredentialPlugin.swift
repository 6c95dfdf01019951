package import Diagnostics

/// A program that prints credentials, as the `exec` of a kubeconfig's user.
package struct CredentialPlugin: Sendable, Hashable {
    /// `client.authentication.k8s.io/v1` or `…/v1beta1`.
    package var apiVersion: String
    /// A path, or a name that is looked for in `PATH`.
    package var command: String
    package var arguments: [String]
    /// Variables that are added to the environment; they may hold secrets.
    package var environment: [String: SecretBytes]
    /// Advice for where the program is missing.
    package var installHint: String?
    /// The cluster as `KUBERNETES_EXEC_INFO` describes it, in JSON; `nil` where it is not to be told.
    package var cluster: [UInt8]?

    package init(
        apiVersion: String = "client.authentication.k8s.io/v1",
        command: String,
        arguments: [String] = [],
        environment: [String: SecretBytes] = [:],
        installHint: String? = nil,
        cluster: [UInt8]? = nil
    ) {
        self.apiVersion = apiVersion
        self.command = command
        self.arguments = arguments
        self.environment = environment
        self.installHint = installHint
        self.cluster = cluster
    }
}
