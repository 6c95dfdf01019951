import Foundation
import NginxRendering
import ProxyConfiguration

/// The generations on disk: each is written once, as a whole, and shares with the one before what has not changed.
struct GenerationStore: Sendable {
    let state: StateFolder
    /// The group that reads files which are for workers too.
    var workers = WorkerGroup()
    /// Called between the steps that a crash may fall into.
    var atStep: @Sendable (SwapPoint) -> Void = { _ in }

    let verified = VerifiedFiles()

    private static let stagingPrefix = ".staging-"
    /// From so many bytes on it costs less to write over a file than to make one.
    private static let longFile = 1 << 18

    /// Removes what a process left behind that ended in the middle of its work.
    func clearLeftovers() {
        for name in names where name.hasPrefix(".") { remove(name) }
    }

    /// Whether a generation is there, and is what it was when it was written.
    func isIntact(_ id: String) -> Bool {
        let folder = "\(state.generations)/\(id)"
        guard let record = GenerationRecord(in: folder), record.id == id else { return false }
        return record.describes(folder, verified)
    }

    /// Writes a generation, unless it is there.
    ///
    /// - Parameter kept: The generations that something leads to; `nil` where that is not known.
    func stage(
        _ generation: Generation,
        sharing previous: String?,
        keeping kept: Set<String>? = nil
    ) throws(StateFolderError) {
        let folder = "\(state.generations)/\(generation.id)"
        let record = GenerationRecord(generation)
        if GenerationRecord(in: folder) == record, record.describes(folder, verified) { return }
        let staging = "\(state.generations)/\(Self.stagingPrefix)\(generation.id)"
        remove((staging as NSString).lastPathComponent)
        let hasLongFile = generation.files.contains(where: Self.isLong)
        let spare = hasLongFile ? kept.map { $0.union([generation.id]) }.flatMap(spareFile) : nil
        do throws(StateFolderError) {
            try write(generation, record, to: staging, sharing: previous, over: spare)
            atStep(.staging)
            // Somebody has changed what was there: a folder is not replaced by another while it has content.
            if access(folder, F_OK) == 0 {
                let broken = "\(state.generations)/.broken-\(generation.id)"
                guard rename(folder, broken) == 0 else { throw .system(folder, errno) }
            }
            guard rename(staging, folder) == 0 else { throw .system(folder, errno) }
            try StateFolder.synchronize(state.generations)
        } catch {
            remove((staging as NSString).lastPathComponent)
            throw error
        }
        remove(".broken-\(generation.id)")
    }

    private static func isLong(_ file: Generation.File) -> Bool {
        if case .text(let bytes) = file.content { bytes.count > longFile } else { false }
    }

    /// The configuration of a generation that nothing leads to, which is away from its name; `nil` where there is none.
    private func spareFile(notIn kept: Set<String>) -> String? {
        guard let name = names.first(where: { !$0.hasPrefix(".") && !kept.contains($0) }) else { return nil }
        return putAway(name).map { "\($0)/nginx.conf" }
    }

    /// - Parameter spare: A long file that may be written over.
    private func write(
        _ generation: Generation,
        _ record: GenerationRecord,
        to staging: String,
        sharing previous: String?,
        over spare: String?
    ) throws(StateFolderError) {
        let shared = previous.flatMap { id in GenerationRecord(in: "\(state.generations)/\(id)").map { (id, $0) } }
        let known = Dictionary(
            (shared?.1.files ?? []).map { ($0.path, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var folders: [String] = []
        func makeFolder(_ path: String, for file: PrivateFile? = nil) throws(StateFolderError) {
            guard !folders.contains(path) else { return }
            let mode = mode_t(file?.folderMode ?? 0o755)
            guard mkdir(path, mode) == 0, chmod(path, mode) == 0 else { throw .system(path, errno) }
            if let file { try workers.admit(to: path, for: file) }
            folders.append(path)
        }
        try makeFolder(staging)
        for (file, entry) in zip(generation.files.lazy.filter { !$0.isLive }, record.files) {
            let path = "\(staging)/\(file.path)"
            if file.path.contains("/") {
                try makeFolder((path as NSString).deletingLastPathComponent, for: file.content.secret)
            }
            // A second name for the same content, so that keys exist once and go with the last generation that has them.
            if file.content.secret != nil, known[file.path] == entry, let (id, _) = shared,
                entry.describes("\(state.generations)/\(id)", verified),
                link("\(state.generations)/\(id)/\(file.path)", path) == 0
            {
                continue
            }
            let (bytes, mode) = (file.content.bytes, mode_t(file.content.mode))
            if let spare, Self.isLong(file), StateFolder.recycle(spare, as: path, holding: bytes, mode: mode) {
                verified.note(path, holding: entry.digest)
                continue
            }
            try StateFolder.create(path, holding: bytes, mode: mode)
            verified.note(path, holding: entry.digest)
            if let secret = file.content.secret { try workers.admit(to: path, for: secret) }
        }
        for name in record.liveFolders {
            let link = "\(staging)/\(name)"
            guard symlink(LiveFiles.target(of: name), link) == 0 else { throw .system(link, errno) }
        }
        try StateFolder.create("\(staging)/\(GenerationRecord.fileName)", holding: record.json, mode: 0o644)
        for folder in folders.reversed() { try StateFolder.synchronize(folder) }
    }

    /// Removes the generations that nothing leads to.
    func prune(keeping kept: Set<String>) {
        for name in names where !kept.contains(name) { remove(name) }
        verified.forgetUnused()
    }

    /// The paths of the live files that generations on disk name; `nil` where it is not known of one.
    var namedLiveFiles: Set<String>? {
        var paths: Set<String> = []
        for name in names {
            guard let record = GenerationRecord(in: "\(state.generations)/\(name)") else { return nil }
            paths.formUnion(record.live ?? [])
        }
        return paths
    }

    private var names: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: state.generations)) ?? []
    }

    /// Away from its name first, so that no half generation is ever found under an id.
    private func remove(_ name: String) {
        guard let doomed = name.hasPrefix(".") ? "\(state.generations)/\(name)" : putAway(name) else { return }
        try? FileManager.default.removeItem(atPath: doomed)
    }

    /// Takes a generation from its name; returns where it is until it is removed.
    private func putAway(_ name: String) -> String? {
        let doomed = "\(state.generations)/.old-\(name)"
        return rename("\(state.generations)/\(name)", doomed) == 0 ? doomed : nil
    }
}

/// The places in a swap where tests end the process.
package enum SwapPoint: String, Sendable, Hashable, CaseIterable {
    /// Endpoints that nginx asks for are noted; it is answered with those before.
    case noted
    /// The generation is proven; nothing of it is written.
    case proven
    /// The generation is written under a temporary name.
    case staging
    /// The generation is in its place; nothing leads to it.
    case staged
    /// A file that workers read is written under a temporary name.
    case replacing
    /// It is in its place; others may follow.
    case replaced
    /// `current` leads to it; nginx has not been told.
    case pointed
    /// nginx has been told; nothing is known of its answer.
    case reloaded
    /// nginx has answered for it; it is not remembered as good.
    case answered
    /// It is remembered; older ones are not yet removed.
    case settled
}
