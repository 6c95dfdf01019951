import ControllerTestSupport
import CurlTestSupport
import Foundation
import Synchronization
import TestSupport

extension ControllerSite {
    /// A file, with who may do what with it.
    struct FoundFile: Sendable, Hashable, CustomStringConvertible {
        var path: String
        var mode: mode_t

        var isForOthers: Bool { mode & 0o077 != 0 }
        var description: String { "\(path) \(String(mode & 0o7777, radix: 8))" }
    }

    /// The files of Postern and nginx that hold one of some texts; the manifests do not count.
    func files(holding traces: [String]) -> [FoundFile] {
        files().filter { file in
            let content = FileManager.default.contents(atPath: file.path) ?? Data()
            return traces.contains { content.firstRange(of: Data($0.utf8)) != nil }
        }
    }

    /// Looks again and again while `body` runs for files with keys that somebody else could read.
    func watchingKeys(body: () async throws -> Void) async throws -> (looks: Int, Set<FoundFile>) {
        try await withThrowingTaskGroup(of: (looks: Int, Set<FoundFile>).self) { group in
            let isDone = Atomic(false)
            group.addTask {
                var found: (looks: Int, Set<FoundFile>) = (0, [])
                while !isDone.load(ordering: .relaxed) {
                    try Task.checkCancellation()
                    found.1.formUnion(files().filter { $0.isForOthers && $0.path.hasSuffix(".pem") })
                    found.looks += 1
                    await Task.yield()
                }
                return found
            }
            try await body()
            isDone.store(true, ordering: .relaxed)
            return try await group.next() ?? (0, [])
        }
    }

    private func files() -> [FoundFile] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { !$0.hasPrefix("manifests/") }.compactMap { name in
            var status = stat()
            guard lstat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            return FoundFile(path: "\(folder)/\(name)", mode: status.st_mode)
        }
    }

    /// The number of a file's content, and how many names it has.
    func inode(of path: String) -> (number: UInt64, names: UInt64) {
        var status = stat()
        lstat("\(state)/\(path)", &status)
        return (UInt64(status.st_ino), UInt64(status.st_nlink))
    }

    func awaitCertificate(_ secret: TestSecret, of host: String) async throws {
        try await eventually("\(host) shows the certificate") {
            // Nobody listens before the first generation serves.
            do {
                return try await client.send("GET https://\(host)/").certificate?.sha256 == secret.fingerprint
            } catch is CurlClient.Failure { return false }
        }
    }
}
