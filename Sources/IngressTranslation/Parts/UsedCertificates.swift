import Incremental
import NginxSyntax
import ProxyConfiguration

/// The certificates that servers have, by the name of the file.
struct UsedCertificates {
    private var table = SortedTable<String, TLSCertificate>()
    private var uses: [TLSCertificate.FileName: (certificate: TLSCertificate, count: Int)] = [:]
    private var changed: Set<TLSCertificate.FileName> = []
    /// Serves the hosts without one.
    private var fallback: TLSCertificate?

    var values: [TLSCertificate] { table.values }

    mutating func replace(_ before: TLSCertificate?, by after: TLSCertificate?) {
        guard before != after else { return }
        if let before {
            changed.insert(before.file)
            let count = (uses[before.file]?.count ?? 1) - 1
            if count == 0 { uses[before.file] = nil } else { uses[before.file]?.count = count }
        }
        if let after {
            changed.insert(after.file)
            uses[after.file] = (after, (uses[after.file]?.count ?? 0) + 1)
        }
    }

    mutating func finish(fallback: TLSCertificate) {
        replace(self.fallback, by: fallback)
        self.fallback = fallback
        let names = changed.map { (key: $0.description, file: $0) }
        table.replace(
            names.map(\.key),
            by: names.compactMap { key, file in uses[file].map { (key: key, value: $0.certificate) } }
        )
        changed.removeAll()
    }
}
