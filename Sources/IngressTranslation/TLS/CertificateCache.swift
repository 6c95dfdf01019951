import Certificates
import Diagnostics
import KubernetesModel

/// The certificates that the latest translation checked, so that the next one checks only what has changed.
///
/// Whether they are valid now is no part of it: time passes though no Secret changes.
package struct CertificateCache: Sendable {
    typealias Check = Result<CertificateBundle, CertificateProblem>

    private struct Entry {
        var chain: SecretBytes
        var key: SecretBytes
        var check: Check
    }

    private var entries: [NamespacedName: Entry] = [:]

    package init() {}

    /// How many certificates are kept.
    package var count: Int { entries.count }

    /// Checks a Secret's certificate, or takes what an earlier check of the same bytes came to.
    mutating func check(
        _ name: NamespacedName,
        chain: SecretBytes,
        key: SecretBytes,
        knowing earlier: CertificateCache
    ) -> Check {
        let known = earlier.entries[name].flatMap { $0.chain == chain && $0.key == key ? $0 : nil }
        let entry = known ?? Entry(chain: chain, key: key, check: Self.check(chain, key))
        entries[name] = entry
        return entry.check
    }

    private static func check(_ chain: SecretBytes, _ key: SecretBytes) -> Check {
        Result { () throws(CertificateProblem) in try CertificateBundle(certificateChain: chain, privateKey: key) }
    }
}
