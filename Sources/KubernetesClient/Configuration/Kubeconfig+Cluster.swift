import Curl
import Diagnostics
import FoundationEssentials

extension Kubeconfig {
    /// Returns the configuration of a context.
    ///
    /// - Parameter server: Takes the place of the cluster's own address.
    func configuration(
        context: String?,
        server: String?,
        environment: ClientEnvironment
    ) throws(ConfigurationError) -> ClusterConfiguration {
        let (cluster, user, namespace) = try self.context(context)
        let own = try cluster.server()
        var configuration = ClusterConfiguration(
            server: server ?? own,
            trust: try cluster.trust(),
            serverName: try cluster.text("tls-server-name")?.value,
            namespace: namespace
        )
        let proxy = try cluster.text("proxy-url")?.value
        configuration.proxy = proxy.map { .init(url: $0) } ?? environment.proxy(for: configuration.server)
        if let user {
            configuration.identity = try user.identity()
            configuration.authorization = try user.authorization(at: cluster)
            configuration.impersonation = try user.impersonation()
        }
        return configuration
    }
}

extension ConfigurationNode {
    fileprivate func server() throws(ConfigurationError) -> String {
        guard let (server, node) = try text("server") else { throw error("the cluster has no server") }
        guard ClusterConfiguration.isServer(server) else { throw node.error(ClusterConfiguration.serverRule) }
        return server
    }

    fileprivate func trust() throws(ConfigurationError) -> TransportSecurity.Trust {
        let isInsecure = try flag("insecure-skip-tls-verify")
        let data = try pem("certificate-authority-data")
        let file = try data == nil ? readableFile("certificate-authority") : nil
        if isInsecure, data != nil || file != nil {
            throw error("insecure-skip-tls-verify and a certificate-authority exclude each other")
        }
        if isInsecure { return .anyone }
        return data.map { .certificates($0) } ?? file.map { .file($0) } ?? .system
    }

    fileprivate func identity() throws(ConfigurationError) -> TransportSecurity.Identity? {
        let certificate = try material("client-certificate")
        let key = try material("client-key")
        switch (certificate, key) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return .init(certificate: certificate, key: key)
        case (_?, nil): throw error("a client-certificate needs its client-key")
        case (nil, _?): throw error("a client-key needs its client-certificate")
        }
    }

    private func material(_ key: String) throws(ConfigurationError) -> TransportSecurity.Material? {
        if let bytes = try pem("\(key)-data") { return .bytes(SecretBytes(bytes)) }
        return try readableFile(key).map { .file($0) }
    }
}
