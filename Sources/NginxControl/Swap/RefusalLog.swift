import Foundation

/// The log lines of an nginx that refuses to reload.
struct RefusalLog: Sendable {
    let path: String
    /// How much of the file has been read or is of no interest.
    private var offset: UInt64

    /// Only what comes from now on counts.
    init(_ path: String) {
        self.path = path
        var status = stat()
        offset = stat(path, &status) == 0 ? UInt64(status.st_size) : 0
    }

    /// Returns the whole lines that have come since the last call.
    mutating func newLines() -> String {
        var status = stat()
        guard stat(path, &status) == 0, UInt64(status.st_size) != offset else { return "" }
        guard let handle = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? handle.close() }
        guard (try? handle.seek(toOffset: offset)) != nil, let data = try? handle.read(upToCount: 1 << 16),
            let end = data.lastIndex(of: UInt8(ascii: "\n"))
        else { return "" }
        let lines = data[...end]
        offset += UInt64(lines.count)
        return String(decoding: lines, as: UTF8.self)
    }
}
