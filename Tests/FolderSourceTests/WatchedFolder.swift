import Diagnostics
import Foundation
import KubernetesModel
import Manifests
import TestSupport
import Testing

@testable import FolderSource

/// A folder that is watched while a test changes it, and read at each tick.
actor WatchedFolder {
    nonisolated let url: URL
    nonisolated let source: FolderSource
    private(set) var latest = FolderReading()
    private(set) var ticks = 0

    private init(_ url: URL, _ source: FolderSource) {
        self.url = url
        self.source = source
    }

    /// Watches a new folder; what the system does not tell is found only where `scanInterval` says so.
    static func use(
        scanInterval: Duration = .seconds(3_600),
        writeLimit: Duration = .seconds(3_600),
        containing files: [String: String] = [:],
        _ body: (WatchedFolder) async throws -> Void
    ) async throws {
        try await TemporaryFolder.use { parent in
            let url = parent.appending(path: "source")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
            let source = try FolderSource(
                folder: url.path(percentEncoded: false),
                keepingIn: parent.appending(path: "state/kept").path(percentEncoded: false),
                scanInterval: scanInterval,
                writeLimit: writeLimit
            )
            let folder = WatchedFolder(url, source)
            for (name, text) in files { try folder.write(text, to: name) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await source.watch() }
                group.addTask { await folder.follow() }
                try await eventually("a first reading") { await folder.ticks > 0 }
                try await body(folder)
                group.cancelAll()
                while await group.nextResult() != nil {}
            }
        }
    }

    private func follow() async {
        for await _ in source.changes {
            latest = await source.read()
            ticks += 1
        }
    }

    nonisolated func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

    /// Writes a file at once, making the folders around it.
    nonisolated func write(_ text: String, to name: String) throws {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    nonisolated func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path(name))
    }

    /// Moves as `rename` does: what stands at the new name is replaced.
    nonisolated func move(_ name: String, to other: String) throws {
        guard rename(path(name), path(other)) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    /// Makes a symbolic link; `target` is as it stands in the link.
    nonisolated func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
    }

    /// Waits until the ConfigMaps that count are these, by `name=value`.
    func expect(_ configMaps: [String]) async throws {
        do {
            try await eventually("\(configMaps)") { latest.configMaps == configMaps }
        } catch {
            #expect(latest.configMaps == configMaps)
            throw error
        }
    }

    /// Waits until the findings are these.
    func expectCodes(_ codes: [String]) async throws {
        do {
            try await eventually("\(codes)") { latest.codes == codes }
        } catch {
            #expect(latest.codes == codes)
            throw error
        }
    }
}

extension FolderReading {
    /// The ConfigMaps by `name=value`, sorted.
    var configMaps: [String] {
        snapshot.configMaps.map { "\($0.metadata.name)=\($0.data["value"] ?? "")" }.sorted()
    }

    var codes: [String] { diagnostics.map(\.code) }
}

/// A ConfigMap of one value.
func configMap(_ name: String, _ value: String = "1") -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\ndata: {value: \"\(value)\"}\n"
}

let broken = "apiVersion: v1\nkind: [\n"
