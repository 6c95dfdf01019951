import Foundation

/// The folder that holds everything the demo writes.
struct DemoFolder: Sendable {
    let path: String

    /// Removes the folder when `body` is done, however that ends.
    static func use(_ body: (DemoFolder) async throws -> Void) async throws {
        let parent = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        let name = "postern-demo-\(UUID().uuidString.prefix(8).lowercased())"
        let folder = DemoFolder(path: parent.hasSuffix("/") ? parent + name : "\(parent)/\(name)")
        try create(folder.path)
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        try await body(folder)
    }

    /// Writes what nginx reads, and the manifests beside it for people to look at.
    func write(_ site: DemoSite) throws {
        try Self.create("\(path)/\(DemoSite.temporaryFolder)")
        try Self.create("\(path)/manifests")
        do {
            for manifest in DemoManifests.all {
                try Data(manifest.text.utf8).write(to: URL(filePath: "\(path)/manifests/\(manifest.name)"))
            }
        } catch {
            throw CommandFailure("\(path)/manifests: \(error.localizedDescription)")
        }
        try GenerationWriter.write(site.generation, to: path)
    }

    /// Others may pass through: the workers of an nginx that root starts run as somebody else.
    private static func create(_ path: String) throws(CommandFailure) {
        guard mkdir(path, 0o711) == 0, chmod(path, 0o711) == 0 else {
            throw CommandFailure("\(path): \(String(cString: strerror(errno)))")
        }
    }
}
