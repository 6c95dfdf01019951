package import Foundation

/// A folder of its own for a test.
package enum TemporaryFolder {
    /// Removes the folder when `body` is done, however that ends.
    ///
    /// Everybody may read in it, since the workers of an nginx started by root run as somebody else.
    package static func use<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let folder = try create()
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    /// Removes the folder when `body` is done, however that ends.
    package static func use<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = try create()
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    private static func create() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755]
        )
        return folder
    }
}
