import Certificates
import Diagnostics
import KubernetesModel

/// The results of checking Secrets' certificates, so that each is checked only when its bytes change.
///
/// Whether they are valid now is no part of it: time passes though no Secret changes.
struct CertificateChecks: Sendable {
    typealias Check = Result<CertificateBundle, CertificateDefect>

    private struct Entry {
        var chain: SecretBytes
        var key: SecretBytes
        var securityLevel: Int
        var check: Check
    }

    private var entries: [NamespacedName: Entry] = [:]

    var count: Int { entries.count }

    mutating func check(
        _ name: NamespacedName,
        chain: SecretBytes,
        key: SecretBytes,
        at securityLevel: Int
    ) -> Check {
        if let known = entries[name], known.chain == chain, known.key == key, known.securityLevel == securityLevel {
            return known.check
        }
        let check = Result { () throws(CertificateDefect) in
            try CertificateBundle(certificateChain: chain, privateKey: key, securityLevel: securityLevel)
        }
        entries[name] = Entry(chain: chain, key: key, securityLevel: securityLevel, check: check)
        return check
    }

    mutating func forget(_ name: NamespacedName) { entries[name] = nil }
}
