package import Diagnostics
import FolderSource
import Foundation
package import Manifests

/// The content of the files and folders that a command names.
package struct LoadedManifests: Sendable {
    package var files: [ManifestFile] = []
    /// The findings about files that stand in a folder beside others.
    package var findings: [Diagnostic] = []
}

/// Reads files and folders of manifests.
package enum ManifestLoader {
    /// A file has no business to be larger, in bytes; standard input may hold all of a cluster.
    private static let longestFile = 64 << 20
    private static let longestInput = 1 << 30

    /// Reads each path: a file whatever its name, a folder with all below it, or `-` for standard input.
    ///
    /// One that is named must be readable; of a folder, what is not is left out with a finding.
    package static func load(_ paths: [String]) throws(CommandFailure) -> LoadedManifests {
        var loaded = LoadedManifests()
        for path in paths {
            if path == "-" {
                let bytes = try bytes(of: .standardInput, upTo: longestInput, "standard input")
                loaded.files.append(ManifestFile(name: "<stdin>", bytes: bytes))
            } else if isFolder(path) {
                try loaded.readFolder(path)
            } else {
                loaded.files.append(ManifestFile(name: path, bytes: try bytes(of: path)))
            }
        }
        return loaded
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Whether there is nothing at a path, or a folder without manifests.
    static func isVacant(_ path: String) -> Bool {
        if isFolder(path) { return FolderListing(of: FileName(path)).entries.isEmpty }
        return access(path, F_OK) != 0 && [ENOENT, ENOTDIR].contains(errno)
    }

    fileprivate static func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure("\(path): \(reason(errno))") }
        return try bytes(of: FileHandle(fileDescriptor: descriptor, closeOnDealloc: true), upTo: longestFile, path)
    }

    /// Reads to the end of what may have none, such as `/dev/zero`.
    private static func bytes(
        of handle: FileHandle,
        upTo limit: Int,
        _ name: String
    ) throws(CommandFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            do {
                guard let part = try handle.read(upToCount: 1 << 20), !part.isEmpty else { return bytes }
                bytes += part
            } catch {
                throw CommandFailure("\(name): \(error.localizedDescription)")
            }
            guard bytes.count <= limit else { throw CommandFailure("\(name): it is larger than \(limit >> 20) MiB") }
        }
    }

    private static func reason(_ number: Int32) -> String {
        number == ENOENT ? "no such file or folder" : String(cString: strerror(number))
    }
}

extension LoadedManifests {
    /// Reads the manifests below a folder, in the order of their names.
    fileprivate mutating func readFolder(_ folder: String) throws(CommandFailure) {
        let entries = FolderListing(of: FileName(folder)).entries
        for entry in entries {
            switch entry {
            case .file(let file, .other):
                findings.append(.unreadable("\(file.text): it is no regular file"))
            case .file(let file, _):
                do throws(CommandFailure) {
                    let bytes = try ManifestLoader.bytes(of: file.text)
                    files.append(ManifestFile(name: file.text, bytes: bytes, foundIn: folder))
                } catch {
                    findings.append(.unreadable(error.description))
                }
            case .unreadable(let part, let error):
                guard part != FileName(folder) else { throw CommandFailure("\(folder): \(error)") }
                findings.append(.unreadable("\(part.text): the folder cannot be read: \(error)"))
            case .unreadableName(let file):
                findings.append(
                    .unreadable("\(file.text): the name is not UTF-8", hint: "give the file another name")
                )
            }
        }
        guard !entries.isEmpty else { throw CommandFailure("\(folder): no file ends in .yaml, .yml or .json") }
    }
}

extension Diagnostic {
    fileprivate static func unreadable(_ reason: String, hint: String? = nil) -> Diagnostic {
        Diagnostic(.error, code: "file-unreadable", "\(reason); nothing of it counts", hint: hint)
    }
}
