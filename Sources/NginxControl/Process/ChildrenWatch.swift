import Foundation

/// The processes that a process has started, for a caller that looks again and again.
///
/// What stays the same of each is read once, and files of `/proc` are kept open: to open one costs several times what it
/// costs to read it, and so does the state of a process beside its title.
struct ChildrenWatch: ~Copyable {
    private let parent: ProcessEntry
    private let list: ChildrenList?
    private var latest: [UInt8]?
    private var known: [Int32: (entry: ProcessEntry, title: TitleFile)] = [:]

    init(of parent: ProcessEntry) {
        self.parent = parent
        list = ChildrenList(of: parent.processIdentifier)
    }

    /// Whether one may have come or gone since they were read last.
    var mayHaveChanged: Bool { latest == nil || list?.text() != latest }

    /// Those that live.
    mutating func read() -> [ProcessEntry] {
        guard let text = list?.text() else { return parent.children }
        latest = text
        let before = known
        known = [:]
        return ChildrenList.numbers(in: text).compactMap { number in
            // A file that was open before is of the process that it was opened for, whoever has its number now.
            if let (entry, file) = before[number], let title = file.read() {
                let entry = entry.renamed(title)
                known[number] = (entry, file)
                return entry
            }
            guard let file = TitleFile(of: number), let entry = ProcessEntry(number),
                entry.parent == parent.processIdentifier
            else { return nil }
            known[number] = (entry, file)
            return entry
        }
    }
}

/// The command line of a process (`proc_pid_cmdline(5)`), kept open.
private final class TitleFile: Sendable {
    private let descriptor: Int32

    init?(of process: Int32) {
        descriptor = open("/proc/\(process)/cmdline", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The title as it is now; `nil` where the process has ended.
    func read() -> String? {
        let words = [UInt8](unsafeUninitializedCapacity: ProcessState.longest) { buffer, initialized in
            initialized = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        return words.isEmpty ? nil : ProcessEntry.title(words)
    }
}
