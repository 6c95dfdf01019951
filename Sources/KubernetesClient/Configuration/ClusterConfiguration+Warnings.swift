import Curl
package import Diagnostics
import FoundationEssentials

extension ClusterConfiguration {
    /// Warnings about the way in which the API server is reached, though it works.
    package var warnings: [Diagnostic] { sendsSecretsInPlainText ? [.credentialsUnencrypted(server)] : [] }

    /// Whether a token or password leaves this machine for everybody on the way to read.
    private var sendsSecretsInPlainText: Bool {
        guard server.hasPrefix("http://"), authorization != .none else { return false }
        return !isOnThisMachine || proxy?.exceptions.isEmpty ?? false
    }

    private var isOnThisMachine: Bool {
        guard let host = URL(string: server)?.host()?.lowercased() else { return false }
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && !numbers.contains(nil) && numbers.first == 127
    }
}

extension Diagnostic {
    fileprivate static func credentialsUnencrypted(_ server: String) -> Diagnostic {
        Diagnostic(
            .warning,
            code: "credentials-unencrypted",
            "the token for \(server.printable) is sent unencrypted: whoever is on the way can read it, and all Secrets",
            hint: "reach the API server by https://, or at a loopback address"
        )
    }
}
