import Foundation
import KubernetesModel
import Manifests
import TestSupport

/// The manifests of every folder in Fixtures/.
enum Fixtures {
    static let names: [String] = {
        let folder = PackageRoot.url.appending(path: "Fixtures")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
        return names.filter { isFolder(folder.appending(path: "\($0)/input")) }.sorted()
    }()

    static func snapshot(_ name: String) throws -> ClusterSnapshot {
        let folder = PackageRoot.url.appending(path: "Fixtures/\(name)/input")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
        return ManifestReader().read(
            try files.map { ManifestFile(name: $0, bytes: Array(try Data(contentsOf: folder.appending(path: $0)))) }
        ).snapshot
    }

    private static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path(percentEncoded: false), isDirectory: &isFolder)
            && isFolder.boolValue
    }
}
