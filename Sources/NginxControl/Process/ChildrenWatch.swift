/// The processes that a process has started, for a caller that looks again and again.
///
/// What stays the same of each is read once: the state of a process costs several times what its title does.
struct ChildrenWatch {
    private let parent: ProcessEntry
    private let list: ProcessFile?
    private var latest: [UInt8]?
    private var known: [Int32: (entry: ProcessEntry, title: ProcessFile)] = [:]

    init(of parent: ProcessEntry) {
        self.parent = parent
        list = .children(of: parent.processIdentifier)
    }

    /// Whether one may have come or gone since they were read last.
    var mayHaveChanged: Bool { latest == nil || list?.content() != latest }

    /// Those that live.
    mutating func read() -> [ProcessEntry] {
        guard let text = list?.content() else { return parent.children }
        latest = text
        let before = known
        known = [:]
        return ProcessEntry.numbers(in: text).compactMap { number in
            if let (entry, file) = before[number], let words = file.content(), !words.isEmpty {
                let entry = entry.renamed(ProcessEntry.title(words))
                known[number] = (entry, file)
                return entry
            }
            guard let file = ProcessFile.title(of: number), let entry = ProcessEntry(number),
                entry.parent == parent.processIdentifier
            else { return nil }
            known[number] = (entry, file)
            return entry
        }
    }
}
