import NginxSyntax
import ProxyConfiguration

/// The private files that servers need, by their names.
struct UsedFiles {
    private var table = SortedTable<String, PrivateFile>()
    private var uses: [PrivateFile.Name: (file: PrivateFile, count: Int)] = [:]
    private var changed: Set<PrivateFile.Name> = []
    /// Those that are needed whatever the servers are.
    private var shared: [PrivateFile] = []

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

    mutating func finish(shared: [PrivateFile]) {
        if shared != self.shared {
            for file in shared { replace(nil, by: file) }
            for file in self.shared { replace(file, by: nil) }
            self.shared = shared
        }
        let names = changed.map { (key: $0.description, file: $0) }
        table.replace(
            names.map(\.key),
            by: names.compactMap { key, file in uses[file].map { (key: key, value: $0.file) } }
        )
        changed.removeAll()
    }
}
