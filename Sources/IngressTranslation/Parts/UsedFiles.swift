import NginxSyntax
import ProxyConfiguration

/// The private files that servers need, by their names.
struct UsedFiles {
    private var table = SortedTable<String, PrivateFile>()
    private var uses: [PrivateFile.Name: (file: PrivateFile, count: Int)] = [:]
    private var changed: Set<PrivateFile.Name> = []
    /// The certificate of the hosts without one.
    private var fallback: PrivateFile?

    var values: [PrivateFile] { table.values }

    mutating func replace(_ before: PrivateFile?, by after: PrivateFile?) {
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

    mutating func finish(fallback: PrivateFile) {
        replace(self.fallback, by: fallback)
        self.fallback = fallback
        let names = changed.map { (key: $0.description, file: $0) }
        table.replace(
            names.map(\.key),
            by: names.compactMap { key, file in uses[file].map { (key: key, value: $0.file) } }
        )
        changed.removeAll()
    }
}
