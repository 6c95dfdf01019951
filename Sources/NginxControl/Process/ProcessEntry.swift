import Foundation

/// A process of this machine as `/proc` describes it (`proc(5)`).
struct ProcessEntry: Sendable, Hashable {
    let processIdentifier: Int32
    let parent: Int32
    /// The session, which a process that became a daemon leads and its children share.
    let session: Int32
    /// In ticks since the machine started; tells a process from a later one with the same number.
    let startTime: UInt64
    /// Its command line, which nginx replaces by what the process is; empty for a dead one.
    let title: String

    /// Returns `nil` for a number that no living process has.
    init?(_ processIdentifier: Int32) {
        guard processIdentifier > 0, let stat = Self.read("/proc/\(processIdentifier)/stat"),
            let words = Self.read("/proc/\(processIdentifier)/cmdline")
        else { return nil }
        // The name stands in parentheses, and may hold parentheses and spaces.
        guard let end = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 19, !["Z", "X"].contains(fields[0]), let parent = Int32(fields[1]),
            let session = Int32(fields[3]), let startTime = UInt64(fields[19])
        else { return nil }
        self.processIdentifier = processIdentifier
        self.parent = parent
        self.session = session
        self.startTime = startTime
        title = words.replacing("\0", with: " ").trimmingCharacters(in: .whitespaces)
    }

    /// Every living process.
    static func all() -> [ProcessEntry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.compactMap(ProcessEntry.init)
    }

    /// Whether the process is still there, and is not another that took its number.
    var isAlive: Bool { ProcessEntry(processIdentifier)?.startTime == startTime }

    private static func read(_ file: String) -> String? {
        FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension ProcessEntry {
    /// nginx keeps the title of its processes up to date.
    var isNginxMaster: Bool { title.hasPrefix("nginx: master process") }

    var isNginxWorker: Bool { title.hasPrefix("nginx: worker process") }

    /// Whether a worker only finishes what it has begun, and takes no new connections.
    var isShuttingDown: Bool { title.hasPrefix("nginx: worker process is shutting down") }
}
