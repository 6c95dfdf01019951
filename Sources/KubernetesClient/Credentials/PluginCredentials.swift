import Curl
import Diagnostics
import Foundation

/// The output of a credential plugin: an ExecCredential.
struct PluginCredentials: Sendable, Hashable {
    var token: SecretBytes?
    var identity: TransportSecurity.Identity?
    var expires: Date?

    /// Throws ``APIError`` with what is wrong, but nothing of the output, which may be secret.
    init(_ output: [UInt8], of plugin: CredentialPlugin) throws(APIError) {
        guard let printed = try? JSONDecoder().decode(ExecCredential.self, from: Data(output)) else {
            throw .unusable("\(plugin.command.printable) printed no ExecCredential")
        }
        guard printed.apiVersion == plugin.apiVersion else {
            throw .unusable(
                "\(plugin.command.printable) printed credentials in \(printed.apiVersion.printable) "
                    + "where the kubeconfig asks for \(plugin.apiVersion.printable)"
            )
        }
        let status = printed.status
        token = status?.token.flatMap { $0.isEmpty ? nil : SecretBytes(Array($0.utf8).trimmed) }
        if let certificate = status?.clientCertificateData, let key = status?.clientKeyData {
            identity = .init(
                certificate: .bytes(SecretBytes(Array(certificate.utf8))),
                key: .bytes(SecretBytes(Array(key.utf8)))
            )
        }
        guard token != nil || identity != nil else {
            throw .unusable("\(plugin.command.printable) printed neither a token nor a certificate with its key")
        }
        expires = try status?.expirationTimestamp.map { text throws(APIError) in
            guard let date = try? Date(text, strategy: .iso8601) else {
                throw .unusable("\(plugin.command.printable) printed an expirationTimestamp that is no time")
            }
            return date
        }
    }

    private struct ExecCredential: Decodable {
        var apiVersion: String
        var status: Status?

        struct Status: Decodable {
            var token: String?
            var clientCertificateData: String?
            var clientKeyData: String?
            var expirationTimestamp: String?
        }
    }
}
