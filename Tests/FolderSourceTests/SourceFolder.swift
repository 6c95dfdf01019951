import Diagnostics
import Foundation
import KubernetesModel
import Manifests

@testable import FolderSource

/// A folder of manifests, and beside it one for what is kept of them.
struct SourceFolder {
    let parent: URL
    let url: URL

    init(_ parent: URL) throws {
        self.parent = parent
        url = parent.appending(path: "source")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    }

    /// A folder that is there.
    init(existing url: URL) throws {
        self.url = url
        parent = url.deletingLastPathComponent()
    }

    var state: String { parent.appending(path: "state/kept").path(percentEncoded: false) }

    /// The folder as one that starts anew finds it.
    func source() throws -> FolderSource {
        try FolderSource(folder: url.path(percentEncoded: false), keepingIn: state)
    }

    func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

    func write(_ text: String, to name: String) throws {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path(name))
    }

    /// The names of the texts that are kept.
    func kept() throws -> [String] {
        guard FileManager.default.fileExists(atPath: state) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: state).sorted()
    }

    /// The reading of a reader that does not know the folder.
    func fresh() throws -> (snapshot: ClusterSnapshot, diagnostics: [Diagnostic]) {
        ManifestReader().read(try files(in: url.path(percentEncoded: false)))
    }

    private func files(in folder: String) throws -> [ManifestFile] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted().flatMap { name -> [ManifestFile] in
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            guard !name.hasPrefix("."), FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                return []
            }
            if isFolder.boolValue {
                let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
                return isLink ? [] : try files(in: path)
            }
            guard [".yaml", ".yml", ".json"].contains(where: name.hasSuffix) else { return [] }
            return [ManifestFile(name: path, bytes: Array(try Data(contentsOf: URL(filePath: path))))]
        }
    }
}

extension FolderReading {
    init(_ reading: (snapshot: ClusterSnapshot, diagnostics: [Diagnostic])) {
        self.init(snapshot: reading.snapshot, diagnostics: reading.diagnostics)
    }
}
