import Incremental
import NginxSyntax
import ProxyConfiguration
import Template

/// What the latest rendering came to, so that the next one renders only what has changed since.
package struct RenderingCache: Sendable {
    var parts = PartCache()
    var contexts = PartContexts()
    private var certificates: [TLSCertificate] = []
    private var files: [Generation.File] = []

    package init() {}

    /// The files of certificates; those that were there before are not hashed again.
    mutating func files(of newer: [TLSCertificate]) -> [Generation.File] {
        let stretch = DifferingStretch(from: certificates, to: newer, by: ==)
        guard !stretch.isEmpty || newer.count != files.count else { return files }
        let known = Dictionary(
            stretch.old.map { (certificates[$0].file, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let changed = newer[stretch.new].map { certificate in
            if let index = known[certificate.file], certificates[index] == certificate { return files[index] }
            return Generation.File(certificate)
        }
        files.replaceSubrange(stretch.old, with: changed)
        certificates = newer
        return files
    }
}

extension Generation.File {
    fileprivate init(_ certificate: TLSCertificate) {
        self.init(
            path: certificate.file.value,
            content: .secret(certificate.content, summary: certificate.summary, origin: certificate.origin)
        )
    }
}
