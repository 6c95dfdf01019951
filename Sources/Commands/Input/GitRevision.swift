import Foundation
import Manifests
import Subprocess

/// The manifests below a path as a commit of a git repository has them.
struct GitRevision: Sendable {
    let revision: String
    let path: String

    /// The sum of all files' bytes may be no greater.
    private static let longestOutput = 1 << 30

    /// Nothing where the commit has no manifest there; throws ``CommandFailure`` where there is no such commit.
    func manifests() async throws -> LoadedManifests {
        let blobs = try await blobs()
        guard !blobs.isEmpty else { return LoadedManifests() }
        let contents = try await contents(of: blobs.map(\.id))
        return LoadedManifests(
            files: zip(blobs, contents).map { blob, bytes in
                ManifestFile(name: blob.name, bytes: bytes, foundIn: blob.name == path ? nil : path)
            }
        )
    }

    /// The last commit that a branch has from this one.
    ///
    /// Throws ``CommandFailure`` where there is none, as in a clone without its history.
    func beginning(of branch: GitRevision) async throws -> GitRevision {
        let commits = [try await commit(), try await branch.commit()]
        let none = "\(revision) and \(branch.revision) have no commit in common here: fetch more of the history"
        let output = try await git(["merge-base"] + commits, orElse: none)
        guard let id = Self.firstLine(of: output) else { throw CommandFailure(none) }
        return GitRevision(revision: String(id.prefix(12)), path: path)
    }

    /// The identifier of the commit.
    private func commit() async throws -> String {
        let output = try await git(["rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}"])
        guard let id = Self.firstLine(of: output) else { throw CommandFailure(noCommit) }
        return id
    }

    private static func firstLine(of output: [UInt8]) -> String? {
        String(bytes: output, encoding: .utf8)?.split(separator: "\n").first.map(String.init)
    }

    private var noCommit: String { "\(revision) is no commit of the repository at \(folder)" }

    private struct Blob {
        var id: String
        var name: String
    }

    /// The files below the path, or the path itself, in the order of their names.
    private func blobs() async throws -> [Blob] {
        let listing = try await git(["ls-tree", "-r", "-z", try await commit(), "--", argument])
        return listing.split(separator: 0).compactMap { line -> Blob? in
            let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
            guard parts.count == 2, let file = String(bytes: parts[1], encoding: .utf8) else { return nil }
            let words = parts[0].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            // Links and repositories within are no manifests.
            guard words.count == 3, ["100644", "100755"].contains(words[0]) else { return nil }
            let isNamed = !isFolder && file == argument
            guard isNamed || [".yaml", ".yml", ".json"].contains(where: file.hasSuffix) else { return nil }
            // As of a folder, what is hidden is none of it.
            guard isNamed || !file.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { return nil }
            let top = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
            return Blob(id: words[2], name: isNamed ? path : top == "." ? file : "\(top)/\(file)")
        }
    }

    private func contents(of ids: [String]) async throws -> [[UInt8]] {
        let output = try await git(["cat-file", "--batch"], input: ids.map { "\($0)\n" }.joined())
        var contents: [[UInt8]] = []
        var rest = output[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let heading = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
            guard heading.count == 3, let size = Int(heading[2]), rest.endIndex - end - 1 > size else { break }
            contents.append(Array(rest[(end + 1)...].prefix(size)))
            rest = rest[(end + 2 + size)...]
        }
        guard contents.count == ids.count else { throw CommandFailure("git does not say what \(path) holds") }
        return contents
    }

    /// The folder that git is asked in: the nearest that there is now around what is no folder.
    private var folder: String {
        if isFolder { return path }
        var folder = Self.parent(of: trimmedPath)
        while folder != ".", folder != "/", !Self.isFolder(folder) { folder = Self.parent(of: folder) }
        return folder
    }

    private var isFolder: Bool { Self.isFolder(path) }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    private static func parent(of path: String) -> String {
        let parent = (path as NSString).deletingLastPathComponent
        return parent.isEmpty ? "." : parent
    }

    /// The path as git finds it from that folder.
    private var argument: String {
        guard !isFolder else { return "." }
        let top = folder
        guard top != ".", trimmedPath.hasPrefix(top) else { return trimmedPath }
        return String(trimmedPath.dropFirst(top.hasSuffix("/") ? top.count : top.count + 1))
    }

    private var trimmedPath: String { path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path }

    /// - Parameter failure: What it means where git fails, and does not say why.
    private func git(
        _ arguments: [String],
        input: String = "",
        orElse failure: String? = nil
    ) async throws -> [UInt8] {
        do {
            let result = try await run(
                .name("git"),
                arguments: Arguments(["-C", folder] + arguments),
                input: .string(input),
                output: .bytes(limit: Self.longestOutput),
                error: .string(limit: 65_536)
            )
            guard result.terminationStatus.isSuccess else {
                let lines = result.standardError.split(separator: "\n").map(String.init)
                throw CommandFailure(lines.first ?? failure ?? noCommit)
            }
            return result.standardOutput
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure("git cannot be asked: \(error)")
        }
    }
}
