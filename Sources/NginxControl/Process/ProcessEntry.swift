import Foundation

/// A process of this machine as `/proc` describes it (`proc(5)`).
struct ProcessEntry: Sendable, Hashable {
    let processIdentifier: Int32
    let parent: Int32
    /// The session, which a process that became a daemon leads and its children share.
    let session: Int32
    /// In ticks since the machine started; tells a process from a later one with the same number.
    let startTime: UInt64
    /// Its command line, which nginx replaces by what the process is; cut where it is very long.
    let title: String
}

extension ProcessEntry {
    /// Returns `nil` for a number that no living process has.
    init?(_ processIdentifier: Int32) {
        guard let state = ProcessState(processIdentifier) else { return nil }
        self.init(state)
    }

    private init?(_ state: ProcessState) {
        guard let words = ProcessState.read("/proc/\(state.processIdentifier)/cmdline") else { return nil }
        self.init(
            processIdentifier: state.processIdentifier,
            parent: state.parent,
            session: state.session,
            startTime: state.startTime,
            title: Self.title(words)
        )
    }

    /// The title in a command line, whose words the system separates by zeros.
    static func title(_ words: [UInt8]) -> String {
        let end = words.lastIndex { $0 != 0 && $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? 0
        return String(decoding: words[..<end].map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }

    /// The same process with the title that it has now.
    func renamed(_ title: String) -> ProcessEntry {
        ProcessEntry(
            processIdentifier: processIdentifier,
            parent: parent,
            session: session,
            startTime: startTime,
            title: title
        )
    }

    /// The identity of the process on this machine, whatever it calls itself.
    struct Identity: Sendable, Hashable {
        let processIdentifier: Int32
        let startTime: UInt64
    }

    var identity: Identity { Identity(processIdentifier: processIdentifier, startTime: startTime) }

    /// Every living process with a state that is wanted; of the others nothing more is read.
    static func all(where isWanted: (ProcessState) -> Bool = { _ in true }) -> [ProcessEntry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.compactMap { number in
            ProcessState(number).flatMap { isWanted($0) ? ProcessEntry($0) : nil }
        }
    }

    /// The living processes that this one has started.
    var children: [ProcessEntry] {
        guard let list = ProcessFile.children(of: processIdentifier)?.content() else {
            return Self.all { $0.parent == processIdentifier }
        }
        return Self.numbers(in: list).compactMap(ProcessEntry.init).filter { $0.parent == processIdentifier }
    }

    /// The numbers that a list of children names.
    static func numbers(in list: [UInt8]) -> [Int32] {
        String(decoding: list, as: UTF8.self).split(separator: " ").compactMap { Int32($0) }
    }

    /// Whether the process is still there, and is not another that took its number.
    var isAlive: Bool { ProcessState(processIdentifier)?.startTime == startTime }
}

extension ProcessEntry {
    /// nginx keeps the title of its processes up to date.
    var isNginxMaster: Bool { title.hasPrefix("nginx: master process") }

    var isNginxWorker: Bool { title.hasPrefix("nginx: worker process") }

    /// Whether a worker only finishes what it has begun, and takes no new connections.
    var isShuttingDown: Bool { title.hasPrefix("nginx: worker process is shutting down") }
}
