/// Which number stands for which folder.
struct WatchTable: Sendable, Hashable {
    private var folders: [Int32: FileName] = [:]

    subscript(watch: Int32) -> FileName? {
        get { folders[watch] }
        set { folders[watch] = newValue }
    }

    /// Takes the place of an older table; returns the watches that nobody needs any more.
    mutating func replace(with newer: WatchTable) -> [Int32] {
        defer { self = newer }
        return folders.keys.filter { newer.folders[$0] == nil }
    }
}
