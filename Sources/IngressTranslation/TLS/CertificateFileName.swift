import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import TextCoding

extension PrivateFile.Name {
    /// The longest name that file systems take, in bytes.
    private static let longestName = 255

    /// `tls/<namespace>.<name>.pem`; a name that is too long for a file ends with a hash of it.
    ///
    /// Returns `nil` where the namespace is none, so that no two Secrets have one file: its name holds no dot.
    ///
    /// - Parameters:
    ///   - folder: Other files of a Secret have other folders.
    ///   - suffix: The end of the name, behind a dot.
    init?(ofSecret secret: NamespacedName, in folder: String = "tls", as suffix: String = "pem") {
        guard !secret.namespace.isEmpty, !secret.namespace.utf8.contains(UInt8(ascii: ".")) else { return nil }
        let file = "\(secret.namespace).\(secret.name).\(suffix)"
        guard file.utf8.count > Self.longestName else {
            self.init("\(folder)/\(file)")
            return
        }
        // Names of Kubernetes hold no '_', so the name in full is never the same.
        let rest = "_\(String(secret.name.utf8.stableHash, radix: 16)).\(suffix)"
        guard file.utf8.count > rest.utf8.count, secret.namespace.utf8.count + rest.utf8.count < Self.longestName else {
            return nil
        }
        self.init("\(folder)/\(file.prefix(Self.longestName - rest.utf8.count))\(rest)")
    }
}
