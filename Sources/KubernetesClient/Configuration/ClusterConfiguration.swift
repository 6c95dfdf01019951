package import Curl
package import Diagnostics

/// Where an API server is, how it is known, and how to be known to it.
package struct ClusterConfiguration: Sendable, Hashable {
    /// Such as `https://10.96.0.1:443`, with a path where the API is behind a gateway.
    package var server: String
    package var trust: TransportSecurity.Trust
    /// The name that the server's certificate must be for; `nil` means the one in `server`.
    package var serverName: String?
    package var proxy: TransferRequest.Proxy?
    package var authorization: Authorization
    /// The certificate that is presented besides.
    package var identity: TransportSecurity.Identity?
    /// The user to act as; empty means as oneself.
    package var impersonation: [TransferRequest.Header]
    /// The namespace of what names none: of the Pod, or of the kubeconfig's context.
    package var namespace: String?

    package init(
        server: String,
        trust: TransportSecurity.Trust = .system,
        serverName: String? = nil,
        proxy: TransferRequest.Proxy? = nil,
        authorization: Authorization = .none,
        identity: TransportSecurity.Identity? = nil,
        impersonation: [TransferRequest.Header] = [],
        namespace: String? = nil
    ) {
        self.server = server.hasSuffix("/") ? String(server.dropLast()) : server
        self.trust = trust
        self.serverName = serverName
        self.proxy = proxy
        self.authorization = authorization
        self.identity = identity
        self.impersonation = impersonation
        self.namespace = namespace
    }

    /// The content of the `Authorization` header, and where it comes from.
    package enum Authorization: Sendable, Hashable {
        case none
        case token(SecretBytes)
        /// A file with a token, which is read again as it may have been replaced.
        case tokenFile(String)
        case basic(user: String, password: SecretBytes)
        case plugin(CredentialPlugin)
    }
}
