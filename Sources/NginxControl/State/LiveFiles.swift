import Crypto
import Foundation
import NginxRendering
import ProxyConfiguration
import TextCoding

/// The files that workers read while they serve, such as passwords: each is replaced as a whole, and in effect with the
/// next request.
///
/// Generations only lead to them. One that serves again brings back no older content, so that a password that was
/// revoked stays so.
struct LiveFiles: Sendable {
    let state: StateFolder
    /// The group that reads them.
    var workers = WorkerGroup()
    /// Called between the steps that a crash may fall into.
    var atStep: @Sendable (SwapPoint) -> Void = { _ in }

    /// The target of the link by which a generation has a folder of live files.
    static func target(of folder: String) -> String { "../../live/\(folder)" }

    /// The name under which a file is written that is not yet in its place.
    private var temporaryFile: String { "\(state.live)/.new" }

    /// The live files among some that are not on disk as they should be.
    func differing(from files: [Generation.File]) -> [Generation.File] {
        files.filter { file in
            guard file.isLive else { return false }
            guard let data = FileManager.default.contents(atPath: "\(state.live)/\(file.path)") else { return true }
            return SHA256.hash(data: data).hexadecimal != file.digest
        }
    }

    /// Writes files, each in one step: whoever opens one finds the old content or the new one, whole.
    func write(_ files: [Generation.File]) throws(StateFolderError) {
        var folders: Set<String> = []
        for file in files {
            guard let secret = file.content.secret else { continue }
            let path = "\(state.live)/\(file.path)"
            let folder = (path as NSString).deletingLastPathComponent
            if folders.insert(folder).inserted { try makeFolder(folder, for: secret) }
            try StateFolder.create(temporaryFile, holding: file.content.bytes, mode: mode_t(file.content.mode))
            try workers.admit(to: temporaryFile, for: secret)
            atStep(.replacing)
            guard rename(temporaryFile, path) == 0 else { throw .system(path, errno) }
            atStep(.replaced)
        }
        for folder in folders { try StateFolder.synchronize(folder) }
    }

    private func makeFolder(_ folder: String, for file: PrivateFile) throws(StateFolderError) {
        for (path, mode) in [(state.live, 0o755), (folder, mode_t(file.folderMode))] {
            guard mkdir(path, mode) == 0 || errno == EEXIST, chmod(path, mode) == 0 else { throw .system(path, errno) }
        }
        try workers.admit(to: folder, for: file)
        try StateFolder.synchronize(state.live)
    }

    /// Removes files that nothing names, and what a process left behind that ended in the middle of its work.
    ///
    /// - Parameter named: The paths that are named, which is asked only where there is a file; `nil` where it is not known.
    func prune(keeping named: () -> Set<String>?) {
        unlink(temporaryFile)
        let folders = Self.names(in: state.live)
        guard !folders.isEmpty, let named = named() else { return }
        for folder in folders {
            let path = "\(state.live)/\(folder)"
            for name in Self.names(in: path) where !named.contains("\(folder)/\(name)") { unlink("\(path)/\(name)") }
            // It stays where it is not empty.
            rmdir(path)
        }
    }

    private static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
}
