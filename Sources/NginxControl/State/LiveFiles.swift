import Crypto
import Foundation
import NginxRendering
import ProxyConfiguration
import TextCoding

/// The files that workers read while they serve, each replaced in one step: passwords, which are in effect with the next
/// request, and certificates where nginx reads these when clients come, with the next handshake.
///
/// Generations only lead to them. One that serves again brings back no older content, so that a password that was
/// revoked stays so, and a certificate that has expired.
struct LiveFiles: Sendable {
    let state: StateFolder
    /// The group that reads them.
    var workers = WorkerGroup()
    /// Called between the steps that a crash may fall into.
    var atStep: @Sendable (SwapPoint) -> Void = { _ in }

    /// The target of the link by which a generation has a folder of live files.
    static func target(of folder: String) -> String { "../../live/\(folder)" }

    /// The name under which a file is written that is not yet in its place.
    var temporaryFile: String { "\(state.live)/.new" }

    /// The live files among some that are not on disk as they should be.
    func differing(from files: [Generation.File]) -> [Generation.File] {
        files.filter { file in
            guard file.isLive else { return false }
            if file.isCertificate { return !isInPlace(file) }
            guard let data = FileManager.default.contents(atPath: "\(state.live)/\(file.path)") else { return true }
            return SHA256.hash(data: data).hexadecimal != file.digest
        }
    }

    /// Writes files, each in one step: whoever opens one finds the old content or the new one, whole.
    func write(_ files: [Generation.File]) throws(StateFolderError) {
        try writeContents(of: files.filter(\.isCertificate))
        var folders: Set<String> = []
        for file in files {
            guard let secret = file.content.secret else { continue }
            let path = "\(state.live)/\(file.path)"
            let folder = (path as NSString).deletingLastPathComponent
            if folders.insert(folder).inserted { try makeFolder(folder, for: secret) }
            if file.isCertificate {
                try makeLink(to: file)
            } else {
                try create(file.content.bytes, for: secret)
            }
            atStep(.replacing)
            guard rename(temporaryFile, path) == 0 else { throw .system(path, errno) }
            atStep(.replaced)
        }
        for folder in folders { try StateFolder.synchronize(folder) }
    }

    /// Creates a file under its temporary name.
    func create(_ bytes: [UInt8], for secret: PrivateFile) throws(StateFolderError) {
        try StateFolder.create(temporaryFile, holding: bytes, mode: mode(secret.mode, for: secret))
        try workers.admit(to: temporaryFile, for: secret)
    }

    /// Nobody but their owner reads keys where workers are their owner.
    private func mode(_ mode: UInt16, for secret: PrivateFile) -> mode_t {
        mode_t(secret.kind == .certificate && workers.identifier == nil ? mode & 0o700 : mode)
    }

    func makeFolder(_ folder: String, for file: PrivateFile) throws(StateFolderError) {
        for (path, mode) in [(state.live, 0o755), (folder, mode(file.folderMode, for: file))] {
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
        defer { removeReplacedCertificates() }
        let folders = Self.names(in: state.live).filter { $0 != Self.contentFolder }
        guard !folders.isEmpty, let named = named() else { return }
        for folder in folders {
            let path = "\(state.live)/\(folder)"
            for name in Self.names(in: path) where !named.contains("\(folder)/\(name)") { unlink("\(path)/\(name)") }
            // It stays where it is not empty.
            rmdir(path)
        }
    }

    static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
}
